import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: GuardedHandler<Context, Output, Request>","description":"","frontmatter":{"search":false,"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/astro/type-aliases/GuardedHandler.md","filePath":"reference/adapters/astro/type-aliases/GuardedHandler.md"}',
)
const _sfc_main = { name: 'reference/adapters/astro/type-aliases/GuardedHandler.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/astro</a> / GuardedHandler</p><h1 id="type-alias-guardedhandlercontext-output-request" tabindex="-1">Type Alias: GuardedHandler&lt;Context, Output, Request&gt; <a class="header-anchor" href="#type-alias-guardedhandlercontext-output-request" aria-label="Permalink to &quot;Type Alias: GuardedHandler\\&lt;Context, Output, Request\\&gt;&quot;">​</a></h1><blockquote><p><strong>GuardedHandler</strong>&lt;<code>Context</code>, <code>Output</code>, <code>Request</code>&gt; = <code>GuardedEventFunction</code>&lt;<code>Request</code>, <code>Context</code>, <code>Output</code>&gt;</p></blockquote><p>An endpoint that runs only for authenticated requests. Its second argument is the context.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><h3 id="context" tabindex="-1">Context <a class="header-anchor" href="#context" aria-label="Permalink to &quot;Context&quot;">​</a></h3><p><code>Context</code></p><h3 id="output" tabindex="-1">Output <a class="header-anchor" href="#output" aria-label="Permalink to &quot;Output&quot;">​</a></h3><p><code>Output</code> = <code>Response</code> | <code>Promise</code>&lt;<code>Response</code>&gt;</p><h3 id="request" tabindex="-1">Request <a class="header-anchor" href="#request" aria-label="Permalink to &quot;Request&quot;">​</a></h3><p><code>Request</code> <em>extends</em> <a href="./../interfaces/AstroContext"><code>AstroContext</code></a> = <a href="./../interfaces/AstroContext"><code>AstroContext</code></a></p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/astro/type-aliases/GuardedHandler.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const GuardedHandler = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, GuardedHandler as default }
