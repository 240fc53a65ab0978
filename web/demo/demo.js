// What a site does with the widget: other settings, somebody who has said who they are, and a button of its own.
const url = document.querySelector('script[src$="/widget.js"]').src.replace(/\/widget\.js$/, '');
const settings = document.getElementById('try');
const donate = document.getElementById('donate-form');
const thanks = document.getElementById('thanks');

/** Calls wait here until widget.js has arrived. */
const call = (...said) => (window.Concierge ??= []).push(said);

const desk = getComputedStyle(document.documentElement).getPropertyValue('--desk').trim();
settings.elements.color.value = desk || '#1f6f5c';
let visitor = {};

settings.addEventListener('submit', (event) => event.preventDefault());
// The widget speaks the language of the page.
settings.elements.lang.value = new URLSearchParams(window.location.search).get('lang') ?? '';
settings.elements.lang.addEventListener('change', ({ target: { value } }) => {
  window.location.assign(value === '' ? window.location.pathname : `?lang=${value}`);
});
settings.elements.color.addEventListener('change', ({ target: { value: color } }) => {
  call('destroy');
  call('init', { url, color, ...visitor });
});

donate.addEventListener('submit', (event) => {
  event.preventDefault();
  const { name, email, amount, rhythm } = Object.fromEntries(new FormData(donate));
  visitor = { name, email };
  call('identify', visitor);
  const words = document.getElementById('thanks-words');
  const said = { '{name}': name, '{amount}': amount };
  words.textContent = words.dataset[rhythm].replace(/\{name\}|\{amount\}/g, (mark) => said[mark]);
  donate.hidden = true;
  thanks.hidden = false;
  thanks.focus();
});

document.getElementById('ask').addEventListener('click', () => call('open'));
