// `npm run day -- [args]`: a whole exam day, driven through the real app, with the day's own exit code.
import { runDay } from "../day.ts";
import { command } from "../setup/run.ts";

await command(() => runDay(process.argv.slice(2)));
