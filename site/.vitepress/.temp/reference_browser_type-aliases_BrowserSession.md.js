import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: BrowserSession<View>","description":"","frontmatter":{"search":false,"prev":false,"next":false},"headers":[],"relativePath":"reference/browser/type-aliases/BrowserSession.md","filePath":"reference/browser/type-aliases/BrowserSession.md"}',
)
const _sfc_main = { name: 'reference/browser/type-aliases/BrowserSession.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../">API</a> / <a href="./../">identity-web/browser</a> / BrowserSession</p><h1 id="type-alias-browsersessionview" tabindex="-1">Type Alias: BrowserSession&lt;View&gt; <a class="header-anchor" href="#type-alias-browsersessionview" aria-label="Permalink to &quot;Type Alias: BrowserSession\\&lt;View\\&gt;&quot;">​</a></h1><blockquote><p><strong>BrowserSession</strong>&lt;<code>View</code>&gt; = <a href="./../interfaces/SignedInSession"><code>SignedInSession</code></a>&lt;<code>View</code>&gt; | <a href="./../interfaces/SignedOutSession"><code>SignedOutSession</code></a></p></blockquote><p>The response of the session endpoint. On the server, <code>auth.browserSession(req)</code> returns the same object for the option <code>initial</code>.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><h3 id="view" tabindex="-1">View <a class="header-anchor" href="#view" aria-label="Permalink to &quot;View&quot;">​</a></h3><p><code>View</code></p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/browser/type-aliases/BrowserSession.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const BrowserSession = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, BrowserSession as default }
