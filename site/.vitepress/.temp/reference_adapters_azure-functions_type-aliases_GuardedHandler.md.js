import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: GuardedHandler<Context>","description":"","frontmatter":{"search":false,"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/azure-functions/type-aliases/GuardedHandler.md","filePath":"reference/adapters/azure-functions/type-aliases/GuardedHandler.md"}',
)
const _sfc_main = { name: 'reference/adapters/azure-functions/type-aliases/GuardedHandler.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/azure-functions</a> / GuardedHandler</p><h1 id="type-alias-guardedhandlercontext" tabindex="-1">Type Alias: GuardedHandler&lt;Context&gt; <a class="header-anchor" href="#type-alias-guardedhandlercontext" aria-label="Permalink to &quot;Type Alias: GuardedHandler\\&lt;Context\\&gt;&quot;">​</a></h1><blockquote><p><strong>GuardedHandler</strong>&lt;<code>Context</code>&gt; = (<code>request</code>, <code>context</code>, <code>invocation</code>) =&gt; <a href="./FunctionResponse"><code>FunctionResponse</code></a> | <code>Promise</code>&lt;<a href="./FunctionResponse"><code>FunctionResponse</code></a>&gt;</p></blockquote><p>A handler that runs only for authenticated requests. Its second argument is the context. It may return a <code>Response</code> too.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><h3 id="context" tabindex="-1">Context <a class="header-anchor" href="#context" aria-label="Permalink to &quot;Context&quot;">​</a></h3><p><code>Context</code></p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><h3 id="request" tabindex="-1">request <a class="header-anchor" href="#request" aria-label="Permalink to &quot;request&quot;">​</a></h3><p><code>HttpRequest</code></p><h3 id="context-1" tabindex="-1">context <a class="header-anchor" href="#context-1" aria-label="Permalink to &quot;context&quot;">​</a></h3><p><code>Context</code></p><h3 id="invocation" tabindex="-1">invocation <a class="header-anchor" href="#invocation" aria-label="Permalink to &quot;invocation&quot;">​</a></h3><p><code>InvocationContext</code></p><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><a href="./FunctionResponse"><code>FunctionResponse</code></a> | <code>Promise</code>&lt;<a href="./FunctionResponse"><code>FunctionResponse</code></a>&gt;</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/azure-functions/type-aliases/GuardedHandler.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const GuardedHandler = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, GuardedHandler as default }
