// Loaded before a program: a Node whose Ed25519 takes every signature, as a broken build or a bad processor might.
import crypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";

crypto.verify = () => true;
syncBuiltinESMExports();
