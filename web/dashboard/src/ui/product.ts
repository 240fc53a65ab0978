/** What the desk is called, the same in every language: the server has put the name of the charity into the title of the page. */
export const product = { name: document.title };
