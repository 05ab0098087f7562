// A front end on rolegate/client: sign-up, sign-in, and one board for each role. The service
// decides what a user may see: the page asks, and shows the answer or the refusal.

import { createClient, isRolegateError, webStorage } from 'rolegate/client';
import { messageOf, onSubmit } from './forms.js';

const find = (selector) => document.querySelector(selector);
const storage = webStorage(localStorage);
const client = createClient({
  baseUrl: find('meta[name=service]').content,
  storage,
  onSignedOut(reason) {
    showUser(null);
    notice(reason?.message ?? 'You have signed out in another tab.');
  },
});

const boards = {
  public: { title: 'Public board', path: '/api/test/all' },
  user: { title: 'User board', path: '/api/test/user' },
  moderator: { title: 'Moderator board', path: '/api/test/mod' },
  admin: { title: 'Admin board', path: '/api/test/admin' },
};

onSubmit(find('#sign-up form'), async ({ username, email, password }) => {
  await client.signUp({ username, email, password });
  await signIn({ username, password });
});
onSubmit(find('#sign-in form'), ({ username, password }) => signIn({ username, password }));

find('#sign-out').addEventListener('click', async () => {
  await client.signOut().catch((error) => notice(messageOf(error)));
  showUser(null);
  location.hash = '#/public';
});
window.addEventListener('hashchange', () => {
  notice('');
  void show({ focus: true });
});
window.addEventListener('storage', () => void greet()); // another tab signed in or out

await greet();
await show({ focus: false });

async function signIn(credentials) {
  showUser(await client.signIn(credentials));
  location.hash = '#/user';
}

/** Shows the user of stored tokens, from before a reload or from another tab. */
async function greet() {
  if (storage.get() === null) return showUser(null);
  await client.get('/api/account').then(showUser, (error) => notice(messageOf(error)));
}

function showUser(user) {
  for (const part of document.querySelectorAll('[data-when]'))
    part.hidden = (part.dataset.when === 'signed-in') !== (user !== null);
  find('#who').textContent = user?.username ?? '';
}

async function show({ focus }) {
  const name = location.hash.replace('#/', '') || 'public';
  const board = boards[name];
  const shown = board ? 'board' : (find(`section[id="${CSS.escape(name)}"]`)?.id ?? 'board');
  for (const section of document.querySelectorAll('main > section'))
    section.hidden = section.id !== shown;
  for (const link of document.querySelectorAll('header a[href]')) {
    if (link.hash === `#/${name}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  const heading = find(`#${shown} h1`);
  if (shown === 'board') await showBoard(board ?? boards.public, heading);
  if (shown === 'profile') await showProfile();
  document.title = `${heading.textContent} · Rolegate example`;
  if (focus) heading.focus();
}

async function showBoard({ title, path }, heading) {
  heading.textContent = title;
  find('#content').textContent = '';
  find('#refusal').textContent = '';
  find('#ask').hidden = true;
  try {
    find('#content').textContent = await client.get(path);
  } catch (error) {
    find('#refusal').textContent = messageOf(error);
    find('#ask').hidden = !isRolegateError(error) || error.status !== 401;
  }
}

async function showProfile() {
  const { username, email, roles } = await client.get('/api/account').catch((error) => {
    notice(messageOf(error));
    return { username: '', email: '', roles: [] };
  });
  find('#profile-username').textContent = username;
  find('#profile-email').textContent = email;
  find('#profile-roles').textContent = roles.join(', ');
}

function notice(text) {
  find('#notice').textContent = text;
}
