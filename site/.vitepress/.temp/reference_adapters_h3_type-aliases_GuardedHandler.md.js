import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: GuardedHandler<Context, Req, Result>","description":"","frontmatter":{"search":false,"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/h3/type-aliases/GuardedHandler.md","filePath":"reference/adapters/h3/type-aliases/GuardedHandler.md"}',
)
const _sfc_main = { name: 'reference/adapters/h3/type-aliases/GuardedHandler.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/h3</a> / GuardedHandler</p><h1 id="type-alias-guardedhandlercontext-req-result" tabindex="-1">Type Alias: GuardedHandler&lt;Context, Req, Result&gt; <a class="header-anchor" href="#type-alias-guardedhandlercontext-req-result" aria-label="Permalink to &quot;Type Alias: GuardedHandler\\&lt;Context, Req, Result\\&gt;&quot;">​</a></h1><blockquote><p><strong>GuardedHandler</strong>&lt;<code>Context</code>, <code>Req</code>, <code>Result</code>&gt; = (<code>event</code>, <code>context</code>) =&gt; <code>Result</code></p></blockquote><p>A handler that runs only for authenticated requests. Its second argument is the context.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><h3 id="context" tabindex="-1">Context <a class="header-anchor" href="#context" aria-label="Permalink to &quot;Context&quot;">​</a></h3><p><code>Context</code></p><h3 id="req" tabindex="-1">Req <a class="header-anchor" href="#req" aria-label="Permalink to &quot;Req&quot;">​</a></h3><p><code>Req</code> <em>extends</em> <code>EventHandlerRequest</code> = <code>EventHandlerRequest</code></p><h3 id="result" tabindex="-1">Result <a class="header-anchor" href="#result" aria-label="Permalink to &quot;Result&quot;">​</a></h3><p><code>Result</code> = <code>unknown</code></p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><h3 id="event" tabindex="-1">event <a class="header-anchor" href="#event" aria-label="Permalink to &quot;event&quot;">​</a></h3><p><code>H3Event</code>&lt;<code>Req</code>&gt;</p><h3 id="context-1" tabindex="-1">context <a class="header-anchor" href="#context-1" aria-label="Permalink to &quot;context&quot;">​</a></h3><p><code>Context</code></p><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><code>Result</code></p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/h3/type-aliases/GuardedHandler.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const GuardedHandler = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, GuardedHandler as default }
