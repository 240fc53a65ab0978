const adopted = new WeakMap<Document | ShadowRoot, Set<string>>();

/** Adds styles to a root, once. Constructed sheets need no permission of the page's content policy. */
export function adopt(root: Document | ShadowRoot, css: string): void {
  const known = adopted.get(root) ?? new Set();
  adopted.set(root, known);
  if (known.has(css)) return;
  known.add(css);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
