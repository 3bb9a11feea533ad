// Which room a linted file lives in: the question every house rule begins with.
import { relative, sep } from "node:path";

/**
 * The file's path from the repository's root, with forward slashes.
 * @param {import("eslint").Rule.RuleContext} context
 */
function placeOf(context) {
  return relative(context.cwd, context.filename).split(sep).join("/");
}

/**
 * True when the file is one of the places: a folder ends in a slash, anything else is a file.
 * @param {import("eslint").Rule.RuleContext} context
 * @param {readonly string[]} places
 */
export function livesIn(context, places) {
  const file = placeOf(context);
  return places.some((place) => (place.endsWith("/") ? file.startsWith(place) : file === place));
}
