// What scripts add to the young people's pages. Without them every page works.
(() => {
  'use strict';
  const body = document.body, words = body.dataset;

  // One key leaves. What is on the screen goes first, then the session; the pages before
  // are then closed too.
  const leave = document.getElementById('leave');
  if (leave) {
    const go = () => {
      document.documentElement.hidden = true;
      fetch(leave.action, {method: 'POST', keepalive: true, headers: {'X-Keeps-Itself': '1'}}).catch(() => 0).then(a => location.replace(a && a.headers.get('X-Next') || '/closed'));
    };
    addEventListener('keydown', e => { if (e.key === 'Escape') go(); });
    leave.addEventListener('submit', e => { e.preventDefault(); go(); });
  }
  // A page that a browser kept whole is asked for anew.
  addEventListener('pageshow', e => { if (e.persisted) location.reload(); });

  // A form is sent again and again until it is kept; the page goes on only then.
  for (const form of document.querySelectorAll('form[data-keep]')) {
    let note, busy;
    const tell = text => {
      if (!note) { note = document.createElement('p'); note.className = 'kept'; note.setAttribute('role', 'status'); form.append(note); }
      note.textContent = text;
    };
    const send = async () => {
      let answer;
      try {
        answer = await fetch(form.action, {method: 'POST', body: form.enctype === 'multipart/form-data' ? new FormData(form) : new URLSearchParams(new FormData(form)), headers: {'X-Keeps-Itself': '1'}});
      } catch { /* no connection just now */ }
      if (answer && answer.status === 204) { tell(words.kept); location.assign(answer.headers.get('X-Next')); return; }
      if (answer && answer.status === 401) { location.replace('/closed'); return; }
      if (answer && answer.status !== 503 && answer.status < 500) { HTMLFormElement.prototype.submit.call(form); return; }
      tell(words.notkept);
      setTimeout(send, 2000);
    };
    form.addEventListener('submit', e => { e.preventDefault(); if (!busy) { busy = true; send(); } });
  }

  // The lock of the phone, where it has one and the browser asks it in a way we know.
  const key = document.querySelector('form[data-key]'), lock = window.PublicKeyCredential;
  if (key && lock && lock.parseCreationOptionsFromJSON) {
    const create = key.dataset.key === 'create';
    lock.isUserVerifyingPlatformAuthenticatorAvailable().then(has => { key.hidden = !has; });
    key.addEventListener('submit', async e => {
      e.preventDefault();
      try {
        const asked = await (await fetch(key.action + '/ask', {method: 'POST'})).json();
        const publicKey = lock[create ? 'parseCreationOptionsFromJSON' : 'parseRequestOptionsFromJSON'](asked.options);
        const proof = await navigator.credentials[create ? 'create' : 'get']({publicKey});
        key.elements.id.value = asked.id;
        key.elements.proof.value = JSON.stringify(proof);
        key.submit();
      } catch { key.querySelector('[role=status]').textContent = key.dataset.wrong; }
    });
  }

  // Somebody is waited for: the page is loaded anew when it would say something else.
  const state = document.querySelector('[data-state]');
  if (state) setInterval(() => fetch(location.pathname).then(a => a.text()).then(t => { if (!t.includes(`data-state="${state.dataset.state}"`)) location.reload(); }).catch(() => 0), 5000);

  // Read aloud, where the browser has a voice for the language.
  const speech = window.speechSynthesis;
  if (speech) {
    const voice = tag => speech.getVoices().find(v => v.lang.toLowerCase().startsWith(tag.toLowerCase().split('-')[0]));
    const speak = (text, tag) => {
      const u = new SpeechSynthesisUtterance(text);
      u.lang = tag; u.voice = voice(tag); u.rate = .9;
      speech.cancel(); speech.speak(u);
    };
    const button = (text, tag, name, into) => {
      const b = document.createElement('button');
      b.type = 'button'; b.className = 'second listen'; b.textContent = '🔊';
      b.setAttribute('aria-label', name);
      b.addEventListener('click', () => speech.speaking ? speech.cancel() : speak(text(), tag));
      into.append(b);
    };
    const ready = () => {
      for (const old of document.querySelectorAll('.listen')) old.remove();
      for (const at of document.querySelectorAll('[data-say]')) if (voice(at.dataset.voice)) button(() => at.dataset.say, at.dataset.voice, at.dataset.say, at);
      const main = document.querySelector('main');
      if (!document.querySelector('[data-say]') && voice(words.voice)) {
        const head = document.querySelector('header'), slot = document.createElement('span');
        slot.className = 'listen'; head.insertBefore(slot, head.lastElementChild);
        button(() => main.innerText, words.voice, words.listen, slot);
      }
    };
    ready();
    speech.addEventListener('voiceschanged', ready);
    addEventListener('pagehide', () => speech.cancel());
  }
})();
