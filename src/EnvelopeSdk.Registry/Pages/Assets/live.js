// Tells who looks at a page that something of it has changed since, and offers to look again. Pages work without it.
// It listens only while the page is seen: browsers have few connections for all pages of an address.
class LiveChanges extends HTMLElement {
  #source = null;
  #last = null;
  #count = 0;
  #watch = () => (document.hidden ? this.#close() : this.#open());

  connectedCallback() {
    document.addEventListener('visibilitychange', this.#watch);
    window.addEventListener('pagehide', () => this.#close());
    this.#watch();
  }

  disconnectedCallback() {
    document.removeEventListener('visibilitychange', this.#watch);
    this.#close();
  }

  #open() {
    if (this.#source) {
      return;
    }

    const address = new URL(this.getAttribute('src'), document.baseURI);
    if (this.#last) {
      address.searchParams.set('after', this.#last);
    }

    this.#source = new EventSource(address);
    this.#source.addEventListener('alive', (event) => (this.#last = event.lastEventId));
    for (const kind of ['saved', 'tagged', 'metric-recorded', 'deleted']) {
      this.#source.addEventListener(kind, (event) => this.#tell(event));
    }
  }

  #close() {
    this.#source?.close();
    this.#source = null;
  }

  #tell(event) {
    this.#last = event.lastEventId;
    this.#count++;
    this.querySelector('span').textContent =
      this.#count === 1 ? 'Something has changed.' : `${this.#count} things have changed.`;
    this.querySelector('a').hidden = false;
  }
}

customElements.define('live-changes', LiveChanges);

// A part of a page that is fetched again every second while something on the page is under way. It is replaced when it
// says something else, and nothing else of the page is: forms keep what was typed into them, and buttons the focus.
// When nothing is under way any more, the page is fetched once more, whole, and then now and then: what runs by itself
// begins while somebody looks.
class LivePart extends HTMLElement {
  static #timer = null;
  static #looking = false;
  static #wholeIsDue = false;
  static #idle = 0;

  connectedCallback() {
    LivePart.#timer ??= setInterval(() => LivePart.#look(), 1000);
  }

  static async #look() {
    if (this.#looking || document.hidden || !this.#isDue()) {
      return;
    }

    const hadWork = this.#wholeIsDue || document.querySelector('[data-under-way]');
    this.#idle = 0;
    this.#looking = true;
    try {
      await this.#fetch({ 'envelope-live-parts': 'yes' });
      this.#wholeIsDue = hadWork && !document.querySelector('[data-under-way]');
      if (this.#wholeIsDue) {
        this.#wholeIsDue = (await this.#fetch({})) >= 500; // with what is too dear for every second
      }
    } catch {
      // The registry is away for a moment.
    } finally {
      this.#looking = false;
    }
  }

  static #isDue() {
    return this.#wholeIsDue || document.querySelector('[data-under-way]') || ++this.#idle >= 15;
  }

  static async #fetch(headers) {
    const answer = await fetch(location.href, { headers: { accept: 'text/html', ...headers } });
    if (answer.ok) {
      this.#replace(new DOMParser().parseFromString(await answer.text(), 'text/html'));
    }

    return answer.status;
  }

  static #replace(page) {
    for (const part of document.querySelectorAll('live-part')) {
      const next = page.getElementById(part.id);
      if (!next || next.textContent === part.textContent) {
        continue;
      }

      const focused = part.contains(document.activeElement) ? document.activeElement.closest('form') : null;
      part.replaceChildren(...next.childNodes);
      if (focused) {
        part.querySelector(`form[action="${CSS.escape(focused.getAttribute('action'))}"] button`)?.focus();
      }
    }
  }
}

customElements.define('live-part', LivePart);
