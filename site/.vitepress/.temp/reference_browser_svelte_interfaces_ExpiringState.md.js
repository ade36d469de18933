import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: ExpiringState","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/browser/svelte/interfaces/ExpiringState.md","filePath":"reference/browser/svelte/interfaces/ExpiringState.md"}',
)
const _sfc_main = { name: 'reference/browser/svelte/interfaces/ExpiringState.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/svelte</a> / ExpiringState</p><h1 id="interface-expiringstate" tabindex="-1">Interface: ExpiringState <a class="header-anchor" href="#interface-expiringstate" aria-label="Permalink to &quot;Interface: ExpiringState&quot;">​</a></h1><p>A warning that is reactive.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="current" tabindex="-1">current <a class="header-anchor" href="#current" aria-label="Permalink to &quot;current&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>current</strong>: <a href="./../../interfaces/Expiring"><code>Expiring</code></a> | <code>undefined</code></p></blockquote><p>The warning, or <code>undefined</code> without a warning.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/browser/svelte/interfaces/ExpiringState.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const ExpiringState = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, ExpiringState as default }
