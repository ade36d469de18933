import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: GuardedHandler<Known, Handler>","description":"","frontmatter":{"search":false,"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/fastify/type-aliases/GuardedHandler.md","filePath":"reference/adapters/fastify/type-aliases/GuardedHandler.md"}',
)
const _sfc_main = { name: 'reference/adapters/fastify/type-aliases/GuardedHandler.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/fastify</a> / GuardedHandler</p><h1 id="type-alias-guardedhandlerknown-handler" tabindex="-1">Type Alias: GuardedHandler&lt;Known, Handler&gt; <a class="header-anchor" href="#type-alias-guardedhandlerknown-handler" aria-label="Permalink to &quot;Type Alias: GuardedHandler\\&lt;Known, Handler\\&gt;&quot;">​</a></h1><blockquote><p><strong>GuardedHandler</strong>&lt;<code>Known</code>, <code>Handler</code>&gt; = (<code>this</code>, <code>request</code>, <code>reply</code>, <code>context</code>) =&gt; <code>ReturnType</code>&lt;<code>Handler</code>&gt;</p></blockquote><p>A handler that runs only for authenticated requests. Its third argument is the context. Fastify sends its result and receives its errors.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><h3 id="known" tabindex="-1">Known <a class="header-anchor" href="#known" aria-label="Permalink to &quot;Known&quot;">​</a></h3><p><code>Known</code></p><p>The context.</p><h3 id="handler" tabindex="-1">Handler <a class="header-anchor" href="#handler" aria-label="Permalink to &quot;Handler&quot;">​</a></h3><p><code>Handler</code> <em>extends</em> <code>AnyHandler</code> = <a href="./RouteHandler"><code>RouteHandler</code></a></p><p>The handler that Fastify expects for the route. It has the types of the body, query and reply.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><h3 id="this" tabindex="-1">this <a class="header-anchor" href="#this" aria-label="Permalink to &quot;this&quot;">​</a></h3><p><code>ThisParameterType</code>&lt;<code>Handler</code>&gt;</p><h3 id="request" tabindex="-1">request <a class="header-anchor" href="#request" aria-label="Permalink to &quot;request&quot;">​</a></h3><p><code>Parameters</code>&lt;<code>Handler</code>&gt;[<code>0</code>]</p><h3 id="reply" tabindex="-1">reply <a class="header-anchor" href="#reply" aria-label="Permalink to &quot;reply&quot;">​</a></h3><p><code>Parameters</code>&lt;<code>Handler</code>&gt;[<code>1</code>]</p><h3 id="context" tabindex="-1">context <a class="header-anchor" href="#context" aria-label="Permalink to &quot;context&quot;">​</a></h3><p><code>Known</code></p><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><code>ReturnType</code>&lt;<code>Handler</code>&gt;</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/fastify/type-aliases/GuardedHandler.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const GuardedHandler = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, GuardedHandler as default }
