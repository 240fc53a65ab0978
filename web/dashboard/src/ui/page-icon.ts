const SIZE = 32;
const RED = '#d6402f';
const DOT = `%3Ccircle cx='25' cy='7' r='7' fill='${RED.replace('#', '%23')}'/%3E`;
const END = '%3C/svg%3E';
/** The first colour of the product's icon. */
const ICON_COLOUR = /%23[0-9a-f]{6}/;
const OWN_COLOUR = '%231f6f5c';

const link = document.querySelector<HTMLLinkElement>('link[rel=icon]');
/** `own` is ours in the colour of the desk; the server keeps it beside the logo of the charity. */
const icon = { address: link?.href ?? '', own: link?.dataset['own'] ?? link?.href ?? '', isDotted: false };

/** The address of the icon of the page, which is the logo of the desk too. */
export const iconAddress = (): string => icon.address;

/** Shows the logo of the charity, or the product's icon in the colour of the desk. */
export function showLogo(logo: string | null, colour: string | null): void {
  icon.own = icon.own.replace(ICON_COLOUR, colour?.replace('#', '%23') ?? OWN_COLOUR);
  icon.address = logo ?? icon.own;
  draw();
}

/** Puts a dot on the icon, or takes it away. */
export function showDot(isDotted: boolean): void {
  icon.isDotted = isDotted;
  draw();
}

function draw(): void {
  const { address, own, isDotted } = icon;
  if (link === null) return;
  if (!isDotted) link.href = address;
  else if (address === own) link.href = own.replace(END, DOT + END);
  else drawDotted(address);
}

/** A logo is a picture, so the dot is painted on a copy of it. */
function drawDotted(address: string): void {
  const picture = new Image();
  picture.onload = () => {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = SIZE;
    const context = canvas.getContext('2d');
    if (context === null || link === null || !icon.isDotted || icon.address !== address) return;
    const scale = SIZE / Math.max(picture.width, picture.height);
    context.drawImage(picture, 0, 0, picture.width * scale, picture.height * scale);
    context.fillStyle = RED;
    context.arc(25, 7, 7, 0, 2 * Math.PI);
    context.fill();
    link.href = canvas.toDataURL();
  };
  picture.src = address;
}
