// Rule numbers as comments and test names write them: `R25`, `R14, R15`, `R33-R37`.

export function ruleNumbers(text: string): number[] {
  return [...text.matchAll(/\bR(\d+)(?:-R(\d+))?\b/g)].flatMap(([, from, to]) => {
    const first = Number(from);
    const last = to === undefined ? first : Number(to);
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
  });
}
