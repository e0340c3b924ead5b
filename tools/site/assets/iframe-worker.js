// The search runs in a worker, which browsers deny to pages that are opened from a disk. There it runs in a hidden frame instead.
if (location.protocol === "file:") {
  window.Worker = class {
    constructor(url) {
      this.frame = document.body.appendChild(Object.assign(document.createElement("iframe"), { hidden: true }))
      const inner = this.frame.contentWindow
      inner.postMessage = (data) => this.onmessage?.({ data })
      const script = inner.document.createElement("script")
      this.loaded = new Promise((resolve, reject) => Object.assign(script, { src: url, onload: () => resolve(inner), onerror: reject }))
      inner.document.body.append(script)
    }

    postMessage(data) {
      this.loaded.then((inner) => inner.onmessage({ data }), () => this.onerror?.())
    }

    terminate() {
      this.frame.remove()
    }
  }
}
