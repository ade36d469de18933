import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: ToolExtra","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/interfaces/ToolExtra.md","filePath":"reference/adapters/express/interfaces/ToolExtra.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/interfaces/ToolExtra.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / ToolExtra</p><h1 id="interface-toolextra" tabindex="-1">Interface: ToolExtra <a class="header-anchor" href="#interface-toolextra" aria-label="Permalink to &quot;Interface: ToolExtra&quot;">​</a></h1><p>The last argument of a tool of the official SDK: <code>extra</code> of version 1, or <code>ctx</code> of version 2.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="authinfo" tabindex="-1">authInfo? <a class="header-anchor" href="#authinfo" aria-label="Permalink to &quot;authInfo?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>authInfo?</strong>: <code>object</code></p></blockquote><p>The caller, in version 1.</p><h4 id="default-value" tabindex="-1">Default Value <a class="header-anchor" href="#default-value" aria-label="Permalink to &quot;Default Value&quot;">​</a></h4><p><code>undefined</code> in version 2</p><hr><h3 id="http" tabindex="-1">http? <a class="header-anchor" href="#http" aria-label="Permalink to &quot;http?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>http?</strong>: <code>object</code></p></blockquote><p>The HTTP request, in version 2.</p><h4 id="authinfo-1" tabindex="-1">authInfo? <a class="header-anchor" href="#authinfo-1" aria-label="Permalink to &quot;authInfo?&quot;">​</a></h4><blockquote><p><code>readonly</code> <code>optional</code> <strong>authInfo?</strong>: <code>object</code></p></blockquote><p>The caller.</p><h5 id="default-value-1" tabindex="-1">Default Value <a class="header-anchor" href="#default-value-1" aria-label="Permalink to &quot;Default Value&quot;">​</a></h5><p><code>undefined</code> without a guard</p><h4 id="default-value-2" tabindex="-1">Default Value <a class="header-anchor" href="#default-value-2" aria-label="Permalink to &quot;Default Value&quot;">​</a></h4><p><code>undefined</code> in version 1</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/interfaces/ToolExtra.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const ToolExtra = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, ToolExtra as default }
