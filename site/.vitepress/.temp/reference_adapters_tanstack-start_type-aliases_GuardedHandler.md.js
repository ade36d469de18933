import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: GuardedHandler<Context, Data, Args>","description":"","frontmatter":{"search":false,"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/tanstack-start/type-aliases/GuardedHandler.md","filePath":"reference/adapters/tanstack-start/type-aliases/GuardedHandler.md"}',
)
const _sfc_main = { name: 'reference/adapters/tanstack-start/type-aliases/GuardedHandler.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/tanstack-start</a> / GuardedHandler</p><h1 id="type-alias-guardedhandlercontext-data-args" tabindex="-1">Type Alias: GuardedHandler&lt;Context, Data, Args&gt; <a class="header-anchor" href="#type-alias-guardedhandlercontext-data-args" aria-label="Permalink to &quot;Type Alias: GuardedHandler\\&lt;Context, Data, Args\\&gt;&quot;">​</a></h1><blockquote><p><strong>GuardedHandler</strong>&lt;<code>Context</code>, <code>Data</code>, <code>Args</code>&gt; = <code>GuardedEventFunction</code>&lt;<code>Args</code>, <code>Context</code>, <code>Data</code>&gt;</p></blockquote><p>A handler that runs only for authenticated requests. Its second argument is the context.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><h3 id="context" tabindex="-1">Context <a class="header-anchor" href="#context" aria-label="Permalink to &quot;Context&quot;">​</a></h3><p><code>Context</code></p><h3 id="data" tabindex="-1">Data <a class="header-anchor" href="#data" aria-label="Permalink to &quot;Data&quot;">​</a></h3><p><code>Data</code> = <code>unknown</code></p><h3 id="args" tabindex="-1">Args <a class="header-anchor" href="#args" aria-label="Permalink to &quot;Args&quot;">​</a></h3><p><code>Args</code> = <a href="./../interfaces/RouteArgs"><code>RouteArgs</code></a></p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/tanstack-start/type-aliases/GuardedHandler.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const GuardedHandler = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, GuardedHandler as default }
