// The language of the page. The texts of one language are in a file of their own: operator-zh.js,
// operator-en.js. In a text {n}, {m}, {r} and {s} stand for values.
let now = 'zh';
const loaded = {};

export const language = () => now;
export const words = () => loaded[now];

export async function setLanguage(name) {
  const next = name === 'en' ? 'en' : 'zh';
  loaded[next] ||= (await import('./operator-' + next + '.js')).default;
  now = next;
}
