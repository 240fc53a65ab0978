const DOT = "%3Ccircle cx='25' cy='7' r='7' fill='%23d6402f'/%3E";
const END = '%3C/svg%3E';

/** Puts a dot on the icon of the page, or takes it away. The icon is an SVG in the address of its link. */
export function showDot(isShown: boolean): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  if (link === null) return;
  const plain = link.href.replace(DOT, '');
  link.href = isShown ? plain.replace(END, DOT + END) : plain;
}
