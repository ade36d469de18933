import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"6. Generic adapter classes","description":"","frontmatter":{},"headers":[],"relativePath":"decisions/generic-adapters.md","filePath":"decisions/generic-adapters.md"}',
)
const _sfc_main = { name: 'decisions/generic-adapters.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><h1 id="6-generic-adapter-classes" tabindex="-1">6. Generic adapter classes <a class="header-anchor" href="#6-generic-adapter-classes" aria-label="Permalink to &quot;6. Generic adapter classes&quot;">​</a></h1><h2 id="context" tabindex="-1">Context <a class="header-anchor" href="#context" aria-label="Permalink to &quot;Context&quot;">​</a></h2><p>The library supports Express, Fastify, Koa, Hono, NestJS, Next.js, and servers that use <code>Request</code> and <code>Response</code>. Each adapter has an <code>Auth</code> and an <code>ApiAuth</code> class with the same methods. Only the arguments differ: <code>(req, res)</code> in Express, <code>(ctx)</code> in Koa, <code>(request)</code> elsewhere. In an early version every adapter declared and documented every method. There were seven copies of the documentation, and they differed.</p><h2 id="decision" tabindex="-1">Decision <a class="header-anchor" href="#decision" aria-label="Permalink to &quot;Decision&quot;">​</a></h2><p><code>AuthBase&lt;User, Calls&gt;</code> and <code>ApiAuthBase&lt;Calls&gt;</code> in <code>members/</code> contain every method of <code>Auth</code> and <code>ApiAuth</code> that takes a request. The type parameter <code>Calls</code> is a record of the framework&#39;s argument lists and its reply. <code>members/</code> is a folder below the adapters, and lint rejects an import of a framework or of Node.js there. An adapter contains:</p><ul><li>its constructor and the code that mounts its routes</li><li>the types of its guards, because TypeScript cannot pass a generic function type as a type argument</li><li>the conversion between the framework&#39;s request and response and the library&#39;s <code>HttpContext</code></li></ul><p>Frameworks on <code>node:http</code> share <code>node.ts</code>, and those on <code>Request</code> and <code>Response</code> share <code><span class="word">request-response.ts</span></code>. One contract test suite runs against every adapter.</p><h2 id="consequences" tabindex="-1">Consequences <a class="header-anchor" href="#consequences" aria-label="Permalink to &quot;Consequences&quot;">​</a></h2><ul><li>A new method is written and documented once, and every framework has it.</li><li>Editors show the same documentation in every framework. The description of a base method cannot name the arguments of a framework. Examples for one framework are in the documentation of its guards.</li><li>Error messages of the compiler mention <code>AuthBase</code> and <code>Calls</code> in some cases.</li><li>A new framework needs a folder in <code>adapters/</code>, and must pass the contract tests.</li></ul></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'decisions/generic-adapters.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const genericAdapters = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, genericAdapters as default }
