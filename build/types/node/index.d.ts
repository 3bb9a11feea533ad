// Stands where Node's types would be in environments that have no Node; see electron/preload/tsconfig.json.
export {};
