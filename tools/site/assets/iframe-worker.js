// The search of the theme, without its price on every page: the index is large, so it is read and made when somebody searches. The search
// runs in a worker, which browsers deny to pages that are opened from a disk; there it runs in a hidden frame. Were this file named otherwise,
// the theme would load a script of this name from the network.
{
  const SETUP = 0, READY = 1, FAILED = 4  // the messages of the theme
  const site = new URL("..", document.currentScript.src)

  const run = (inside, src) =>
    new Promise((onload, onerror) => inside.body.append(Object.assign(inside.createElement("script"), { src, onload, onerror })))

  class Frame {
    constructor(url) {
      this.frame = document.body.appendChild(Object.assign(document.createElement("iframe"), { hidden: true }))
      this.inner = this.frame.contentWindow
      this.inner.postMessage = (data) => this.onmessage?.({ data })
      this.loaded = run(this.inner.document, url)
    }

    postMessage(data) {
      this.loaded.then(() => this.inner.onmessage({ data }), () => this.onerror?.())
    }

    terminate() {
      this.frame.remove()
    }
  }

  const Thread = location.protocol === "file:" ? Frame : window.Worker

  window.Worker = class {
    constructor(url) {
      this.url = url
    }

    postMessage(message) {
      if (message.type === SETUP) {
        this.index = message.data  // the theme looks results up in it, so that what is read later has to be put into it
        queueMicrotask(() => this.tell({ type: READY }))
        return
      }
      this.query = message
      if (this.ready) this.thread.postMessage(message)
      else if (message.data.input) this.begun ??= this.begin().catch(() => this.tell({ type: FAILED }))
    }

    async begin() {
      await run(document, new URL("search.full.js", site))
      for (const item of __index.items) this.index.items.push({ ...item, location: new URL(item.location, site).href })
      this.thread = new Thread(this.url)
      this.thread.onerror = () => this.tell({ type: FAILED })
      this.thread.onmessage = ({ data }) => {
        if (data.type !== READY) return this.tell(data)
        this.ready = true
        this.thread.postMessage(this.query)
      }
      this.thread.postMessage({ type: SETUP, data: this.index })
    }

    tell(data) {
      this.onmessage?.({ data })
    }

    terminate() {
      this.thread?.terminate()
    }
  }
}
