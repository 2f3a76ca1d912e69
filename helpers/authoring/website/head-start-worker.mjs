// JupyterLite's kernel, which begins with Python before it is asked to.
import { begin } from "./PYODIDE/head-start.mjs";
import "./KERNEL";

begin({ indexURL: new URL("./PYODIDE/", import.meta.url).href, ...OPTIONS });
