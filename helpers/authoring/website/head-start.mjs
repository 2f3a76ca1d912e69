// Pyodide as JupyterLite asks for it; where it was begun before, that one is handed over.
import { loadPyodide as load } from "./pyodide.mjs";

// What the kernel will import, and what takes longest. They are modules alone: the shell is made
// when the learner's files are there.
const MODULES = "IPython.core.application, IPython.core.interactiveshell, IPython.core.shellapp";
let begun;

export function begin(options) {
  begun = load(options).then(async (python) => {
    await python.runPythonAsync(`import ${MODULES}`);
    return python;
  });
}

export async function loadPyodide(options) {
  const python = await begun?.catch(() => undefined);
  if (!python) {
    return load(options);
  }
  python.setStdout({ batched: options.stdout });
  python.setStderr({ batched: options.stderr });
  return python;
}
