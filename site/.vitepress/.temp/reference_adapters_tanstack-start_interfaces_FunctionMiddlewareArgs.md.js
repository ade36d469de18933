import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: FunctionMiddlewareArgs","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/tanstack-start/interfaces/FunctionMiddlewareArgs.md","filePath":"reference/adapters/tanstack-start/interfaces/FunctionMiddlewareArgs.md"}',
)
const _sfc_main = { name: 'reference/adapters/tanstack-start/interfaces/FunctionMiddlewareArgs.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/tanstack-start</a> / FunctionMiddlewareArgs</p><h1 id="interface-functionmiddlewareargs" tabindex="-1">Interface: FunctionMiddlewareArgs <a class="header-anchor" href="#interface-functionmiddlewareargs" aria-label="Permalink to &quot;Interface: FunctionMiddlewareArgs&quot;">​</a></h1><p>The argument of a function middleware.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="context" tabindex="-1">context <a class="header-anchor" href="#context" aria-label="Permalink to &quot;context&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>context</strong>: <code>any</code></p></blockquote><p>The context, in which the middleware of <code>Auth</code> stores its state.</p><hr><h3 id="next" tabindex="-1">next <a class="header-anchor" href="#next" aria-label="Permalink to &quot;next&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>next</strong>: (<code>options?</code>) =&gt; <code>any</code></p></blockquote><p>Runs the server function.</p><h4 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h4><h5 id="options" tabindex="-1">options? <a class="header-anchor" href="#options" aria-label="Permalink to &quot;options?&quot;">​</a></h5><p><code>any</code></p><h4 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h4><p><code>any</code></p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/tanstack-start/interfaces/FunctionMiddlewareArgs.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const FunctionMiddlewareArgs = /* @__PURE__ */ _export_sfc(_sfc_main, [
  ['ssrRender', _sfc_ssrRender],
])
export { __pageData, FunctionMiddlewareArgs as default }
