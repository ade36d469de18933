import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"7. Node.js versions","description":"","frontmatter":{},"headers":[],"relativePath":"decisions/node-versions.md","filePath":"decisions/node-versions.md"}',
)
const _sfc_main = { name: 'decisions/node-versions.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><h1 id="7-nodejs-versions" tabindex="-1">7. Node.js versions <a class="header-anchor" href="#7-nodejs-versions" aria-label="Permalink to &quot;7. Node.js versions&quot;">​</a></h1><h2 id="context" tabindex="-1">Context <a class="header-anchor" href="#context" aria-label="Permalink to &quot;Context&quot;">​</a></h2><p>The library is published as ES modules only. CommonJS applications can load ES modules with <code>require()</code> since Node.js 20.19 and 22.12. Node.js 20 reached its end of life in April 2026, but many companies still run it. Node.js 22, 24 and 26 are maintained.</p><h2 id="decision" tabindex="-1">Decision <a class="header-anchor" href="#decision" aria-label="Permalink to &quot;Decision&quot;">​</a></h2><ul><li><code>engines</code> requires Node.js 20.19 or newer.</li><li>Continuous integration runs the tests on Node.js 20, 22, 24 and 26.</li><li>A minor release can end the support of a Node.js version that has reached its end of life. The changelog announces it.</li><li>Development tools must run on Node.js 20 as well. That is why <code>@changesets/cli</code> stays at 2.x: its version 3 requires Node.js 22.</li><li><code>web/</code> and <code>api/</code> do not import Node.js modules. Code that needs Node.js is selected by the <code>imports</code> of package.json, and has a counterpart for other runtimes.</li></ul><h2 id="consequences" tabindex="-1">Consequences <a class="header-anchor" href="#consequences" aria-label="Permalink to &quot;Consequences&quot;">​</a></h2><ul><li>One build serves ES modules and CommonJS. TypeScript users of CommonJS need <code>module: nodenext</code>.</li><li>We can use a function of Node.js only if Node.js 20 has it, or if we write a fallback.</li><li>Tests of Workers run in <code>workerd</code>. Bun and Deno use the same code through the <code>default</code> condition.</li></ul></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'decisions/node-versions.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const nodeVersions = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, nodeVersions as default }
