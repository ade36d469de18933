import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: Handler","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/azure-functions/type-aliases/Handler.md","filePath":"reference/adapters/azure-functions/type-aliases/Handler.md"}',
)
const _sfc_main = { name: 'reference/adapters/azure-functions/type-aliases/Handler.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/azure-functions</a> / Handler</p><h1 id="type-alias-handler" tabindex="-1">Type Alias: Handler <a class="header-anchor" href="#type-alias-handler" aria-label="Permalink to &quot;Type Alias: Handler&quot;">​</a></h1><blockquote><p><strong>Handler</strong> = (<code>request</code>, <code>invocation</code>) =&gt; <code>Promise</code>&lt;<code>HttpResponseInit</code>&gt;</p></blockquote><p>A handler of an HTTP function. Pass it to <code>app.http</code>.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><h3 id="request" tabindex="-1">request <a class="header-anchor" href="#request" aria-label="Permalink to &quot;request&quot;">​</a></h3><p><code>HttpRequest</code></p><h3 id="invocation" tabindex="-1">invocation <a class="header-anchor" href="#invocation" aria-label="Permalink to &quot;invocation&quot;">​</a></h3><p><code>InvocationContext</code></p><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><code>Promise</code>&lt;<code>HttpResponseInit</code>&gt;</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/azure-functions/type-aliases/Handler.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const Handler = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, Handler as default }
