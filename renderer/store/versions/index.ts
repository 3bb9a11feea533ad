// Every version of the database, oldest first. The store is a projection: a new version only declares indexes, and the
// rows are folded again from the journal (rulings 9). A change of any row's schema needs a new number as well.
import { version001 } from "./001.ts";
import { version002 } from "./002.ts";
import { version003 } from "./003.ts";
import { version004 } from "./004.ts";
import { version005 } from "./005.ts";
import { version006 } from "./006.ts";
import { version007 } from "./007.ts";
import { version008 } from "./008.ts";
import { version009 } from "./009.ts";
import { version010 } from "./010.ts";
import { version011 } from "./011.ts";
import { version012 } from "./012.ts";
import { version013 } from "./013.ts";
import { version014 } from "./014.ts";
import { version015 } from "./015.ts";
import { version016 } from "./016.ts";
import { version017 } from "./017.ts";
import { version018 } from "./018.ts";
import { version019 } from "./019.ts";

export interface StoreVersion {
  readonly number: number;
  readonly tables: Readonly<Record<string, string>>;
}

export const versions: readonly StoreVersion[] = [
  version001,
  version002,
  version003,
  version004,
  version005,
  version006,
  version007,
  version008,
  version009,
  version010,
  version011,
  version012,
  version013,
  version014,
  version015,
  version016,
  version017,
  version018,
  version019,
];
export const SCHEMA_VERSION = version019.number;
