// Must run before the first module: zod decides while a schema is made whether it may compile it with eval, and asking
// alone is a violation of our content security policy. Bundling may put schemas before any module that calls z.config.
globalThis.__zod_globalConfig = { jitless: true };
