// The language of the page. The texts of one language are in a file of their own, payer-zh.js or
// payer-en.js, which is fetched when it is first wanted. A screen: headline, what it means, what to
// do. A reason: why, and what to do. In a text, {n} stands for a value.
let now = null;
const loaded = {};

/** Null until the first texts are here. */
export const language = () => now;
export const words = () => loaded[now];

/** Speaks a language at once if its texts are here. Else it stays as it is, and `come` hears when
    they are; texts that cannot be fetched are tried again at the next call. */
export function setLanguage(name, come) {
  const next = name === 'en' ? 'en' : 'zh';
  if (next in loaded) now = next;
  else load(next).then(come, () => {});
}

async function load(name) {
  loaded[name] = (await import(`./payer-${name}.js`)).default;
}
