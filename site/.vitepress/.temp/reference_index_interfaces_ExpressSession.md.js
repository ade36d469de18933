import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: ExpressSession","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/index/interfaces/ExpressSession.md","filePath":"reference/index/interfaces/ExpressSession.md"}',
)
const _sfc_main = { name: 'reference/index/interfaces/ExpressSession.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../">API</a> / <a href="./../">identity-web</a> / ExpressSession</p><h1 id="interface-expresssession" tabindex="-1">Interface: ExpressSession <a class="header-anchor" href="#interface-expresssession" aria-label="Permalink to &quot;Interface: ExpressSession&quot;">​</a></h1><p>A session in the form that a store of express-session expects. The property <code>cookie</code> tells the store how long to keep the session.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="cookie" tabindex="-1">cookie <a class="header-anchor" href="#cookie" aria-label="Permalink to &quot;cookie&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>cookie</strong>: <code>object</code></p></blockquote><p>The lifetime of the session, in all the forms that stores use.</p><h4 id="expires" tabindex="-1">expires? <a class="header-anchor" href="#expires" aria-label="Permalink to &quot;expires?&quot;">​</a></h4><blockquote><p><code>readonly</code> <code>optional</code> <strong>expires?</strong>: <code>string</code> | <code>Date</code> | <code>null</code></p></blockquote><p>When the session expires.</p><h4 id="maxage" tabindex="-1">maxAge? <a class="header-anchor" href="#maxage" aria-label="Permalink to &quot;maxAge?&quot;">​</a></h4><blockquote><p><code>readonly</code> <code>optional</code> <strong>maxAge?</strong>: <code>number</code></p></blockquote><p>The lifetime in milliseconds.</p><h4 id="originalmaxage" tabindex="-1">originalMaxAge <a class="header-anchor" href="#originalmaxage" aria-label="Permalink to &quot;originalMaxAge&quot;">​</a></h4><blockquote><p><code>readonly</code> <strong>originalMaxAge</strong>: <code>number</code> | <code>null</code></p></blockquote><p>The lifetime in milliseconds.</p><hr><h3 id="identity" tabindex="-1">identity? <a class="header-anchor" href="#identity" aria-label="Permalink to &quot;identity?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>identity?</strong>: <code>unknown</code></p></blockquote><p>The stored value, encrypted.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/index/interfaces/ExpressSession.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const ExpressSession = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, ExpressSession as default }
