import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: Authentication<Context>","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/type-aliases/Authentication.md","filePath":"reference/adapters/express/type-aliases/Authentication.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/type-aliases/Authentication.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / Authentication</p><h1 id="type-alias-authenticationcontext" tabindex="-1">Type Alias: Authentication&lt;Context&gt; <a class="header-anchor" href="#type-alias-authenticationcontext" aria-label="Permalink to &quot;Type Alias: Authentication\\&lt;Context\\&gt;&quot;">​</a></h1><blockquote><p><strong>Authentication</strong>&lt;<code>Context</code>&gt; = <a href="./../interfaces/Authenticated"><code>Authenticated</code></a>&lt;<code>Context</code>&gt; | <a href="./../interfaces/RejectedRequest"><code>RejectedRequest</code></a></p></blockquote><p>The result of <code>authenticate()</code>: who a request is from, or why it is rejected.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><h3 id="context" tabindex="-1">Context <a class="header-anchor" href="#context" aria-label="Permalink to &quot;Context&quot;">​</a></h3><p><code>Context</code></p><p>The context that a guarded handler gets for the same requirement.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/type-aliases/Authentication.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const Authentication = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, Authentication as default }
