import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: RequestMiddlewareArgs","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/tanstack-start/interfaces/RequestMiddlewareArgs.md","filePath":"reference/adapters/tanstack-start/interfaces/RequestMiddlewareArgs.md"}',
)
const _sfc_main = { name: 'reference/adapters/tanstack-start/interfaces/RequestMiddlewareArgs.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/tanstack-start</a> / RequestMiddlewareArgs</p><h1 id="interface-requestmiddlewareargs" tabindex="-1">Interface: RequestMiddlewareArgs <a class="header-anchor" href="#interface-requestmiddlewareargs" aria-label="Permalink to &quot;Interface: RequestMiddlewareArgs&quot;">​</a></h1><p>The argument of a request middleware.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="next" tabindex="-1">next <a class="header-anchor" href="#next" aria-label="Permalink to &quot;next&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>next</strong>: (<code>options?</code>) =&gt; <code>any</code></p></blockquote><p>Runs the rest of the application.</p><h4 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h4><h5 id="options" tabindex="-1">options? <a class="header-anchor" href="#options" aria-label="Permalink to &quot;options?&quot;">​</a></h5><p><code>any</code></p><h4 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h4><p><code>any</code></p><hr><h3 id="request" tabindex="-1">request <a class="header-anchor" href="#request" aria-label="Permalink to &quot;request&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>request</strong>: <code>Request</code></p></blockquote><p>The request.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/tanstack-start/interfaces/RequestMiddlewareArgs.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const RequestMiddlewareArgs = /* @__PURE__ */ _export_sfc(_sfc_main, [
  ['ssrRender', _sfc_ssrRender],
])
export { __pageData, RequestMiddlewareArgs as default }
