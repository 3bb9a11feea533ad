// The functions of shared/rules, which rules they say they hold, what they call, who outside calls them and which policy
// values they read. The compiler resolves the names, so a function that is re-exported or renamed is still found.
import ts from "typescript";
import { ruleNumbers } from "./rule-numbers.ts";
import type { Sources } from "./sources.ts";

export interface RuleFunction {
  readonly name: string;
  readonly file: string;
  readonly rules: readonly number[];
  /** Files outside shared/rules and the tests that use it, directly or through other functions of shared/rules. */
  readonly callers: readonly string[];
  /** Keys of `PolicyOf` in its signature and in those of the functions it calls. */
  readonly policy: readonly string[];
}

interface Node {
  readonly name: string;
  readonly file: string;
  readonly rules: readonly number[];
  readonly declaration: ts.FunctionDeclaration | ts.VariableDeclaration;
  readonly calls: Set<Node>;
  readonly usedBy: Set<string>;
}

const HOME = "shared/rules/";

export function findRuleFunctions(sources: Sources): RuleFunction[] {
  const product = new Map([...sources].filter(([path]) => !path.startsWith("tests/")));
  const program = createProgram(product);
  const checker = program.getTypeChecker();
  const files = program.getSourceFiles().filter(({ fileName }) => product.has(bare(fileName)));
  const nodes = files.filter(isRules).flatMap(readNodes);
  linkUses(files, nodes, checker);
  return nodes
    .filter(({ rules }) => rules.length > 0)
    .map((node) => ({
      name: node.name,
      file: node.file,
      rules: node.rules,
      callers: sorted(nodes.filter((one) => reach(one).has(node)).flatMap(({ usedBy }) => [...usedBy])),
      policy: sorted([...reach(node)].flatMap(({ declaration }) => policyKeys(declaration, checker))),
    }));
}

/** Over texts alone: without libraries nothing is typed well, but every name is resolved, and that is all we ask. */
function createProgram(sources: Sources): ts.Program {
  const options: ts.CompilerOptions = {
    noLib: true,
    types: [],
    noEmit: true,
    allowImportingTsExtensions: true,
    jsx: ts.JsxEmit.Preserve,
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  };
  const folders = new Set([...sources.keys()].map((path) => path.replace(/\/[^/]*$/, "")));
  const host: ts.CompilerHost = {
    fileExists: (path) => sources.has(bare(path)),
    readFile: (path) => sources.get(bare(path)),
    directoryExists: (path) => [...folders].some((folder) => `${folder}/`.startsWith(`${bare(path)}/`)),
    getSourceFile: (path, version) => {
      const text = sources.get(bare(path));
      return text === undefined ? undefined : ts.createSourceFile(path, text, version, true);
    },
    resolveModuleNameLiterals: (literals, from) =>
      literals.map(({ text }) => {
        const path = resolve(text, bare(from), sources);
        return {
          resolvedModule:
            path === undefined ? undefined : { resolvedFileName: `/${path}`, extension: extensionOf(path) },
        };
      }),
    getDefaultLibFileName: () => "/lib.d.ts",
    getCurrentDirectory: () => "/",
    getCanonicalFileName: (path) => path,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    writeFile: () => undefined,
  };
  return ts.createProgram({ rootNames: [...sources.keys()].map((path) => `/${path}`), options, host });
}

/** `#shared/x` is a room's index, as package.json says; everything else of ours is relative and has its extension. */
function resolve(specifier: string, from: string, sources: Sources): string | undefined {
  const room = /^#shared\/(.+)$/.exec(specifier)?.[1];
  if (room !== undefined) return `shared/${room}/index.ts`;
  if (!specifier.startsWith(".")) return undefined;
  const path = new URL(specifier, `file:///${from}`).pathname.slice(1);
  return sources.has(path) ? path : undefined;
}

function extensionOf(path: string): ts.Extension {
  return path.endsWith(".tsx") ? ts.Extension.Tsx : ts.Extension.Ts;
}

function readNodes(file: ts.SourceFile): Node[] {
  return file.statements.flatMap((statement) => {
    const declarations = ts.isVariableStatement(statement)
      ? [...statement.declarationList.declarations]
      : ts.isFunctionDeclaration(statement)
        ? [statement]
        : [];
    return declarations.flatMap((declaration) => {
      if (!declaration.name || !ts.isIdentifier(declaration.name)) return [];
      const name = declaration.name.text;
      const rules = rulesOf(statement);
      return [
        {
          name,
          file: bare(file.fileName),
          rules,
          declaration,
          calls: new Set<Node>(),
          usedBy: new Set<string>(),
        },
      ];
    });
  });
}

/** Only a comment that begins with its numbers: a rule mentioned in passing is not held there. */
function rulesOf(statement: ts.Node): number[] {
  const comment = ts.getJSDocCommentsAndTags(statement).filter(ts.isJSDoc).at(-1)?.comment;
  const head = /^(R\d+(?:-R\d+)?(?:, R\d+(?:-R\d+)?)*):/.exec(ts.getTextOfJSDocComment(comment) ?? "")?.[1];
  return ruleNumbers(head ?? "");
}

function linkUses(files: readonly ts.SourceFile[], nodes: readonly Node[], checker: ts.TypeChecker): void {
  const byDeclaration = new Map<ts.Node, Node>(nodes.map((node) => [node.declaration, node]));
  const names = new Set(nodes.map(({ name }) => name));
  for (const file of files) {
    const known = new Set([...names, ...renamedImports(file)]);
    const visit = (node: ts.Node, inside: Node | undefined): void => {
      if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
      const within = byDeclaration.get(node) ?? inside;
      if (ts.isIdentifier(node) && known.has(node.text)) {
        const used = targetOf(node, checker, byDeclaration);
        if (used && isRules(file) && within !== used) within?.calls.add(used);
        if (used && !isRules(file)) used.usedBy.add(bare(file.fileName));
      }
      ts.forEachChild(node, (child) => {
        visit(child, within);
      });
    };
    visit(file, undefined);
  }
}

function renamedImports(file: ts.SourceFile): string[] {
  return file.statements.filter(ts.isImportDeclaration).flatMap(({ importClause }) => {
    const bindings = importClause?.namedBindings;
    if (!bindings || !ts.isNamedImports(bindings)) return [];
    return bindings.elements.filter(({ propertyName }) => propertyName).map(({ name }) => name.text);
  });
}

function targetOf(name: ts.Identifier, checker: ts.TypeChecker, known: ReadonlyMap<ts.Node, Node>) {
  const symbol = ts.isShorthandPropertyAssignment(name.parent)
    ? checker.getShorthandAssignmentValueSymbol(name.parent)
    : checker.getSymbolAtLocation(name);
  if (!symbol) return undefined;
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return target.declarations?.map((one) => known.get(one)).find((node) => node !== undefined);
}

/** The node itself and everything it calls, however far. */
function reach(from: Node): Set<Node> {
  const seen = new Set([from]);
  for (const node of seen) for (const called of node.calls) seen.add(called);
  return seen;
}

function policyKeys(declaration: Node["declaration"], checker: ts.TypeChecker): string[] {
  const made = ts.isVariableDeclaration(declaration) ? declaration.initializer : declaration;
  const parameters = made && ts.isFunctionLike(made) ? [...made.parameters] : [];
  const keys: string[] = [];
  const seen = new Set<ts.Node>();
  const visit = (node: ts.Node, inPolicy: boolean): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (inPolicy && ts.isStringLiteral(node)) keys.push(node.text);
    let within = inPolicy;
    if (ts.isTypeReferenceNode(node)) {
      within ||= node.typeName.getText() === "PolicyOf";
      for (const named of typesOfRules(node.typeName, checker)) visit(named, within);
    }
    ts.forEachChild(node, (child) => {
      visit(child, within);
    });
  };
  for (const { type } of parameters) if (type) visit(type, false);
  return keys;
}

/** A signature may name its policy through a type beside it. */
function typesOfRules(name: ts.EntityName, checker: ts.TypeChecker): ts.Node[] {
  const symbol = checker.getSymbolAtLocation(name);
  if (!symbol) return [];
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return (target.declarations ?? []).filter(
    (one) =>
      (ts.isTypeAliasDeclaration(one) || ts.isInterfaceDeclaration(one)) && isRules(one.getSourceFile()),
  );
}

function isRules(file: ts.SourceFile): boolean {
  return bare(file.fileName).startsWith(HOME);
}

function bare(path: string): string {
  return path.replace(/^\//, "");
}

function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
