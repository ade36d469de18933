import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: GuardedHandler<Context>","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/type-aliases/GuardedHandler.md","filePath":"reference/adapters/express/type-aliases/GuardedHandler.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/type-aliases/GuardedHandler.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / GuardedHandler</p><h1 id="type-alias-guardedhandlercontext" tabindex="-1">Type Alias: GuardedHandler&lt;Context&gt; <a class="header-anchor" href="#type-alias-guardedhandlercontext" aria-label="Permalink to &quot;Type Alias: GuardedHandler\\&lt;Context\\&gt;&quot;">​</a></h1><blockquote><p><strong>GuardedHandler</strong>&lt;<code>Context</code>&gt; = (<code>req</code>, <code>res</code>, <code>context</code>, <code>next</code>) =&gt; <code>unknown</code></p></blockquote><p>A handler that runs only for authenticated requests. Its third argument is the context. It may be async. Express&#39;s error handler receives its errors, also in Express 4.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><h3 id="context" tabindex="-1">Context <a class="header-anchor" href="#context" aria-label="Permalink to &quot;Context&quot;">​</a></h3><p><code>Context</code></p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><h3 id="req" tabindex="-1">req <a class="header-anchor" href="#req" aria-label="Permalink to &quot;req&quot;">​</a></h3><p><code>Request</code></p><h3 id="res" tabindex="-1">res <a class="header-anchor" href="#res" aria-label="Permalink to &quot;res&quot;">​</a></h3><p><code>Response</code></p><h3 id="context-1" tabindex="-1">context <a class="header-anchor" href="#context-1" aria-label="Permalink to &quot;context&quot;">​</a></h3><p><code>Context</code></p><h3 id="next" tabindex="-1">next <a class="header-anchor" href="#next" aria-label="Permalink to &quot;next&quot;">​</a></h3><p><code>NextFunction</code></p><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><code>unknown</code></p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/type-aliases/GuardedHandler.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const GuardedHandler = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, GuardedHandler as default }
