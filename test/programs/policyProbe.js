// Tries every way to run something, or to reach somewhere, that a page of Casebook's must not have; run as a served
// script, since what Playwright evaluates may do what pages may not. Reports to its own server after each outcome.
const OTHER = new URLSearchParams(location.search).get('other');
const results = {};
const report = () => fetch('/report', { method: 'POST', body: JSON.stringify({ ...results, ...document.body.dataset }) });
const note = (name, outcome) => {
  results[name] = outcome;
  report();
};
addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
  const what = { inline: 'inline', eval: 'eval', blob: 'blob' }[blockedURI] ?? (blockedURI.startsWith(OTHER) || blockedURI.startsWith(OTHER.replace('http', 'ws')) ? 'elsewhere' : blockedURI);
  note(`${effectiveDirective} ${what}`, 'blocked');
});
const attempt = (name, act) => {
  try {
    act();
    note(name, 'ran');
  } catch (error) {
    note(name, error.name);
  }
};
attempt('eval', () => eval('1'));
attempt('new Function', () => new Function('return 1')());
attempt('AsyncFunction', () => (async () => {}).constructor('return 1')());
attempt('timer with text', () => {
  if (setTimeout('document.body.dataset.timer = "ran"', 0)) throw new Error();
});
const add = (tag, parts) => {
  const element = Object.assign(document.createElement(tag), parts);
  document.body.append(element);
  return element;
};
add('script', { textContent: 'document.body.dataset.inline = "ran"' });
add('script', { src: `${OTHER}/evil.js` });
const button = add('button', {});
button.setAttribute('onclick', 'document.body.dataset.click = "ran"');
button.click();
add('iframe', { src: `${OTHER}/frame` });
add('iframe', { srcdoc: '<script>parent.document.body.dataset.srcdoc = "ran"</script>' }).onload = () => note('srcdoc', 'loaded');
add('img', { src: `${OTHER}/image.png` });
add('object', { data: `${OTHER}/object` });
add('link', { rel: 'stylesheet', href: `${OTHER}/style.css` });
add('video', { src: `${OTHER}/video.mp4` });
add('base', { href: OTHER });
const settled = (name, act) =>
  new Promise((done, failed) => {
    try {
      act(done, failed);
    } catch (error) {
      failed(error);
    }
  }).then(
    () => note(name, 'reached'),
    () => note(name, 'failed'),
  );
settled('socket', (done, failed) => {
  const socket = new WebSocket(OTHER.replace('http', 'ws'));
  socket.onopen = done;
  socket.onerror = failed;
});
settled('worker', (done, failed) => {
  const worker = new Worker(URL.createObjectURL(new Blob(['postMessage(1)'])));
  worker.onmessage = done;
  worker.onerror = failed;
});
settled('fetch', (done, failed) => fetch(`${OTHER}/fetch`, { mode: 'no-cors' }).then(done, failed));
settled('own page', (done, failed) => fetch('/index.html').then(done, failed));
// Last: what follows a link or sends a form might leave the page.
addEventListener('load', () => {
  add('a', { href: 'javascript:document.body.dataset.link = "ran"' }).click();
  add('form', { action: `${OTHER}/form`, method: 'post' }).submit();
});
