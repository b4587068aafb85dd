// Calls of the agent as the operator whose token this tab keeps.
import {words} from './operator-words.js';

const name = 'kiosk-operator-token';

export const hasToken = () => sessionStorage.getItem(name) !== null;
export const keepToken = token => sessionStorage.setItem(name, token);
export const forgetToken = () => sessionStorage.removeItem(name);

// An answer that is no answer: its problem document, or none because nobody answered.
export class Refusal extends Error {
  constructor(status, problem) {
    super(problem.detail || '');
    this.status = status;
    this.kind = (problem.type || '').split(':').pop();
  }

  // For people: our words for the kind, the agent's own for the case.
  get sentence() {
    const said = words().problems;
    return said[this.status] || said[this.kind] || said.other;
  }
}

// Sends JSON, or a file as it is.
async function call(method, path, body, token = sessionStorage.getItem(name)) {
  const headers = {Authorization: 'Bearer ' + token};
  const isFile = body instanceof Blob;
  if (body !== undefined && !isFile) headers['Content-Type'] = 'application/json';
  let answer;
  try {
    answer = await fetch(path, {
      method, headers, cache: 'no-store', body: isFile ? body : JSON.stringify(body)
    });
  } catch {
    throw new Refusal(0, {});
  }
  if (!answer.ok) throw new Refusal(answer.status, await answer.json().catch(() => ({})));
  return answer;
}

async function json(method, path, body) {
  const text = await (await call(method, path, body)).text();
  return text ? JSON.parse(text) : null;
}

export const get = path => json('GET', path);
export const post = (path, body) => json('POST', path, body);
export const remove = (path, body) => json('DELETE', path, body);

// What everybody may know; for the page before anybody has signed in.
export async function publicStatus() {
  const answer = await fetch('/v1/status', {cache: 'no-store'});
  if (!answer.ok) throw new Refusal(answer.status, {});
  return answer.json();
}

// Tries a token; throws a Refusal when it is not the one.
export async function check(token) {
  // A header takes no other letters, and no token has them.
  if (!/^[\x21-\x7e]+$/.test(token)) throw new Refusal(401, {});
  await call('GET', '/v1/payments?limit=1', undefined, token);
}

// Hands the answer over as a file of this name.
export async function save(file, method, path, body) {
  const bytes = await (await call(method, path, body)).blob();
  const address = URL.createObjectURL(bytes);
  const anchor = document.createElement('a');
  anchor.href = address;
  anchor.download = file;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}
