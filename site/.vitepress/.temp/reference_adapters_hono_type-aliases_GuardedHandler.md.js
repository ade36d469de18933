import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: GuardedHandler<Known, E, P, I, R>","description":"","frontmatter":{"search":false,"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/hono/type-aliases/GuardedHandler.md","filePath":"reference/adapters/hono/type-aliases/GuardedHandler.md"}',
)
const _sfc_main = { name: 'reference/adapters/hono/type-aliases/GuardedHandler.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/hono</a> / GuardedHandler</p><h1 id="type-alias-guardedhandlerknown-e-p-i-r" tabindex="-1">Type Alias: GuardedHandler&lt;Known, E, P, I, R&gt; <a class="header-anchor" href="#type-alias-guardedhandlerknown-e-p-i-r" aria-label="Permalink to &quot;Type Alias: GuardedHandler\\&lt;Known, E, P, I, R\\&gt;&quot;">​</a></h1><blockquote><p><strong>GuardedHandler</strong>&lt;<code>Known</code>, <code>E</code>, <code>P</code>, <code>I</code>, <code>R</code>&gt; = (<code>c</code>, <code>context</code>) =&gt; <code>R</code></p></blockquote><p>A handler that runs only for authenticated requests. Its second argument is the context. <code>app.onError</code> receives its errors.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><h3 id="known" tabindex="-1">Known <a class="header-anchor" href="#known" aria-label="Permalink to &quot;Known&quot;">​</a></h3><p><code>Known</code></p><h3 id="e" tabindex="-1">E <a class="header-anchor" href="#e" aria-label="Permalink to &quot;E&quot;">​</a></h3><p><code>E</code> <em>extends</em> <code>Env</code> = <code>any</code></p><h3 id="p" tabindex="-1">P <a class="header-anchor" href="#p" aria-label="Permalink to &quot;P&quot;">​</a></h3><p><code>P</code> <em>extends</em> <code>string</code> = <code>any</code></p><h3 id="i" tabindex="-1">I <a class="header-anchor" href="#i" aria-label="Permalink to &quot;I&quot;">​</a></h3><p><code>I</code> <em>extends</em> <code>Input</code> = { }</p><h3 id="r" tabindex="-1">R <a class="header-anchor" href="#r" aria-label="Permalink to &quot;R&quot;">​</a></h3><p><code>R</code> <em>extends</em> <code>HandlerResponse</code>&lt;<code>any</code>&gt; = <code>any</code></p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><h3 id="c" tabindex="-1">c <a class="header-anchor" href="#c" aria-label="Permalink to &quot;c&quot;">​</a></h3><p><code>Context</code>&lt;<code>E</code>, <code>P</code>, <code>I</code>&gt;</p><h3 id="context" tabindex="-1">context <a class="header-anchor" href="#context" aria-label="Permalink to &quot;context&quot;">​</a></h3><p><code>Known</code></p><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><code>R</code></p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/hono/type-aliases/GuardedHandler.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const GuardedHandler = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, GuardedHandler as default }
