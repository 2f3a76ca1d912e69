// JupyterLab takes about two seconds to open and asks for Python only then. Where the site has been
// visited before, this asks at once, and hands over what was begun. Any other visit is as without it:
// the files of a learner are reached through a service worker, which a first visit does not have yet.
if (navigator.serviceWorker?.controller && !window.crossOriginIsolated) {
  let begun = new Worker("../head-start-worker.mjs", { type: "module" });
  window.Worker = new Proxy(Worker, {
    construct(Worker, [address, options]) {
      if (!begun || !String(address).includes("comlink.worker")) {
        return new Worker(address, options);
      }
      const kernel = begun;
      begun = undefined; // a kernel that is started again gets a worker of its own
      return kernel;
    },
  });
}
