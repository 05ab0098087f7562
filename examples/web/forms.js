// Forms: sends the input, and shows the service's errors beside the fields that they are about.

import { isRolegateError } from 'rolegate/client';

/** The message for an error: the service's own words, or that it cannot be reached. */
export function messageOf(error) {
  return isRolegateError(error)
    ? error.message
    : 'The service cannot be reached right now. Try again in a moment.';
}

/** Calls `submit` with the values, by name. The button does nothing until it settles. */
export function onSubmit(form, submit) {
  const button = form.querySelector('button');
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (button.getAttribute('aria-disabled') === 'true') return;
    clear(form);
    button.setAttribute('aria-disabled', 'true');
    try {
      await submit(Object.fromEntries(new FormData(form)));
      form.reset();
    } catch (error) {
      show(form, error);
    } finally {
      button.removeAttribute('aria-disabled');
    }
  });
}

/** The fields that an error names by path or by code, with their messages. */
function breachesOf(error) {
  if (!isRolegateError(error)) return [];
  if (error.code === 'username_taken') return [{ path: '/body/username', message: error.message }];
  if (error.code === 'email_taken') return [{ path: '/body/email', message: error.message }];
  return error.errors;
}

/** A pattern is not readable for people: returns the page's own hint instead. */
function inWords(input, message) {
  return message.startsWith('must match pattern') ? (input.dataset.hint ?? message) : message;
}

function show(form, error) {
  let first = null;
  for (const { path, message } of breachesOf(error)) {
    const input = form.elements.namedItem(path.replace('/body/', ''));
    if (!input) continue;
    const breach = document.getElementById(`${input.id}-breach`);
    breach.textContent ||= inWords(input, message);
    input.setAttribute('aria-invalid', 'true');
    input.setAttribute('aria-describedby', breach.id);
    first ??= input;
  }
  form.querySelector('.refusal').textContent = first
    ? 'Correct the marked fields below.'
    : messageOf(error);
  (first ?? form.elements[0]).focus();
}

function clear(form) {
  form.querySelector('.refusal').textContent = '';
  for (const breach of form.querySelectorAll('.breach')) breach.textContent = '';
  for (const input of form.querySelectorAll('input')) {
    input.removeAttribute('aria-invalid');
    input.removeAttribute('aria-describedby');
  }
}
