import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: Expiring","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/browser/interfaces/Expiring.md","filePath":"reference/browser/interfaces/Expiring.md"}',
)
const _sfc_main = { name: 'reference/browser/interfaces/Expiring.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../">API</a> / <a href="./../">identity-web/browser</a> / Expiring</p><h1 id="interface-expiring" tabindex="-1">Interface: Expiring <a class="header-anchor" href="#interface-expiring" aria-label="Permalink to &quot;Interface: Expiring&quot;">​</a></h1><p>A session that ends soon.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="canextend" tabindex="-1">canExtend <a class="header-anchor" href="#canextend" aria-label="Permalink to &quot;canExtend&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>canExtend</strong>: <code>boolean</code></p></blockquote><p>Whether <code>session.extend()</code> gives the user more time. At the absolute end of a session, it does not.</p><hr><h3 id="secondsleft" tabindex="-1">secondsLeft <a class="header-anchor" href="#secondsleft" aria-label="Permalink to &quot;secondsLeft&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>secondsLeft</strong>: <code>number</code></p></blockquote><p>The seconds that are left.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/browser/interfaces/Expiring.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const Expiring = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, Expiring as default }
