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
