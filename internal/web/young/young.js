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
    // Whoever writes for long is there all the time. Where they are not any more, that
    // alone does not close what they see.
    let used = Date.now();
    for (const kind of ['input', 'pointerdown']) addEventListener(kind, () => {
      if (Date.now() - used < 300000) return;
      used = Date.now();
      fetch('/me', {method: 'HEAD', redirect: 'manual'}).catch(() => 0);
    });
  }
  // A page that a browser kept whole is asked for anew.
  addEventListener('pageshow', e => { if (e.persisted) location.reload(); });

  // What a form still waits for before it is sent: lines, and a recording that goes on.
  let ready, finish = () => {};
  const wait = what => { ready = Promise.all([ready, what]); };

  // A form is sent again and again until it is kept; the page goes on only then. While it
  // is being sent nothing can be typed into it: that would not be kept with it. What is
  // wrong with it is said on the page, on which everything stays as it is.
  for (const form of document.querySelectorAll('form[data-keep]')) {
    const files = form.enctype === 'multipart/form-data', signals = window.AbortSignal;
    let note, busy;
    const tell = text => {
      if (!note) { note = document.createElement('p'); note.className = 'kept'; note.setAttribute('role', 'status'); form.after(note); }
      note.textContent = text;
    };
    const wrong = text => { tell(text); busy = form.inert = false; };
    const send = async () => {
      const slow = setTimeout(() => tell(words.notkept), 3000);
      let answer;
      try {
        answer = await fetch(form.action, {method: 'POST', body: files ? new FormData(form) : new URLSearchParams(new FormData(form)), headers: {'X-Keeps-Itself': '1'}, signal: signals && signals.timeout && signals.timeout(files ? 300000 : 10000)});
      } catch { /* no connection just now, or none over which an answer comes */ }
      clearTimeout(slow);
      const status = answer && answer.status, said = answer && answer.headers.get('X-Wrong');
      if (status === 204) { tell(words.kept); location.assign(answer.headers.get('X-Next')); return; }
      if (status === 401) { location.replace('/closed?last'); return; }
      if (said) { wrong(decodeURIComponent(said)); return; }
      // These have a page of their own to show, with what was typed.
      if ([200, 410, 422].includes(status)) { HTMLFormElement.prototype.submit.call(form); return; }
      tell(words.notkept);
      setTimeout(send, 2000);
    };
    form.addEventListener('submit', async e => {
      e.preventDefault();
      if (busy) return;
      busy = form.inert = true;
      finish();
      await ready;
      if ([...form.elements].some(f => f.files && f.files[0] && f.files[0].size > 8 << 20)) { wrong(form.dataset.big); return; }
      send();
    });
  }

  // What is drawn or recorded is put into the form as a file that was chosen would be.
  const put = (input, blob) => {
    const chosen = new DataTransfer();
    if (blob) chosen.items.add(new File([blob], '1', {type: blob.type}));
    input.files = chosen.files;
  };

  const draw = document.getElementById('draw');
  if (draw) {
    const [area, file, again] = draw.querySelectorAll('canvas,input,button'), pen = area.getContext('2d');
    const empty = () => { pen.fillStyle = '#fff'; pen.fillRect(0, 0, area.width, area.height); put(file); };
    const line = e => { pen.lineTo(e.offsetX * area.width / area.clientWidth, e.offsetY * area.height / area.clientHeight); pen.stroke(); };
    draw.hidden = false;
    pen.lineWidth = 6; pen.lineCap = pen.lineJoin = 'round'; pen.strokeStyle = '#17212b';
    empty();
    again.addEventListener('click', empty);
    area.addEventListener('pointerdown', e => { area.setPointerCapture(e.pointerId); pen.beginPath(); line(e); line(e); });
    area.addEventListener('pointermove', e => { if (e.buttons) line(e); });
    area.addEventListener('pointerup', () => wait(new Promise(done => area.toBlob(b => done(put(file, b))))));
  }

  const voice = document.getElementById('voice');
  const kind = voice && window.MediaRecorder && navigator.mediaDevices && ['audio/webm;codecs=opus', 'audio/mp4'].find(k => MediaRecorder.isTypeSupported(k));
  if (kind) {
    const [button, note, heard] = voice.querySelectorAll('button,[role],audio'), says = button.querySelector('span'), start = says.textContent, file = document.getElementById('sound');
    let now;
    voice.hidden = false;
    finish = () => { if (now && now.state === 'recording') now.stop(); };
    button.addEventListener('click', async () => {
      if (now) { finish(); return; }
      let stream;
      button.disabled = true;
      try { stream = await navigator.mediaDevices.getUserMedia({audio: true}); } catch { voice.hidden = true; return; }
      button.disabled = false;
      const parts = [], bound = setTimeout(() => finish(), 120000);
      now = new MediaRecorder(stream, {mimeType: kind, audioBitsPerSecond: 32000});
      now.addEventListener('dataavailable', e => parts.push(e.data));
      wait(new Promise(done => now.addEventListener('stop', () => {
        clearTimeout(bound);
        for (const track of stream.getTracks()) track.stop();
        const blob = new Blob(parts, {type: kind});
        put(file, blob);
        now = null; says.textContent = start; note.textContent = ''; button.removeAttribute('data-on');
        heard.src = URL.createObjectURL(blob); heard.hidden = false;
        done();
      })));
      now.start();
      says.textContent = voice.dataset.stop; note.textContent = voice.dataset.recording; button.setAttribute('data-on', '');
    });
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

  // Somebody is waited for: the page is loaded anew when it would say something else. That
  // it asks by itself keeps nobody's page open.
  const state = document.querySelector('[data-state]');
  if (state) setInterval(() => fetch(location.pathname, {headers: {'X-Glance': '1'}}).then(a => a.text()).then(t => { if (!t.includes(`data-state="${state.dataset.state}"`)) location.reload(); }).catch(() => 0), 5000);

  // Read aloud, in the voice of who recorded it, or where the browser has a voice for the
  // language. Whoever chose pictures has one large button for it on each page.
  const speech = window.speechSynthesis, aloud = document.getElementById('aloud'), heard = aloud && document.querySelector('main audio[src^="/me/sound"]');
  if (heard) {
    heard.hidden = true; aloud.hidden = false;
    aloud.addEventListener('click', () => { if (heard.paused) heard.play(); else heard.pause(); });
  }
  if (speech) {
    const voice = tag => speech.getVoices().find(v => v.lang.toLowerCase().startsWith(tag.toLowerCase().split('-')[0]));
    const speak = (text, tag) => {
      const u = new SpeechSynthesisUtterance(text);
      u.lang = tag; u.voice = voice(tag); u.rate = .9;
      speech.cancel(); speech.speak(u);
      return u;
    };
    const speaks = (b, text, tag, name) => {
      const does = what => b.setAttribute('aria-label', what);
      does(name);
      b.addEventListener('click', () => {
        if (speech.speaking) { speech.cancel(); return; }
        const u = speak(text(), tag);
        does(words.quiet);
        u.onend = u.onerror = () => does(name);
      });
    };
    const button = (text, tag, name, into) => {
      const b = document.createElement('button');
      b.type = 'button'; b.className = 'second listen'; b.textContent = '🔊';
      speaks(b, text, tag, name);
      into.append(b);
    };
    const main = document.querySelector('main'), asked = document.querySelectorAll('[id=asked],[id=asked]~.hint,.answers label');
    if (aloud && !heard) speaks(aloud, () => asked[0] ? [...asked].map(e => e.innerText).join('. ') : main.innerText, words.voice, words.listen);
    const ready = () => {
      for (const old of document.querySelectorAll('.listen')) old.remove();
      for (const at of document.querySelectorAll('[data-say]')) if (voice(at.dataset.voice)) button(() => at.dataset.say, at.dataset.voice, at.dataset.say, at);
      if (aloud) aloud.hidden = !heard && !voice(words.voice);
      else if (!document.querySelector('[data-say]') && voice(words.voice)) {
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
