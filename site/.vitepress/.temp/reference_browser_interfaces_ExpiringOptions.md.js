import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: ExpiringOptions","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/browser/interfaces/ExpiringOptions.md","filePath":"reference/browser/interfaces/ExpiringOptions.md"}',
)
const _sfc_main = { name: 'reference/browser/interfaces/ExpiringOptions.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../">API</a> / <a href="./../">identity-web/browser</a> / ExpiringOptions</p><h1 id="interface-expiringoptions" tabindex="-1">Interface: ExpiringOptions <a class="header-anchor" href="#interface-expiringoptions" aria-label="Permalink to &quot;Interface: ExpiringOptions&quot;">​</a></h1><p>When the listener of <code>onExpiring()</code> is called.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="secondsbefore" tabindex="-1">secondsBefore? <a class="header-anchor" href="#secondsbefore" aria-label="Permalink to &quot;secondsBefore?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>secondsBefore?</strong>: <code>number</code></p></blockquote><p>The seconds before the end of the session.</p><h4 id="default-value" tabindex="-1">Default Value <a class="header-anchor" href="#default-value" aria-label="Permalink to &quot;Default Value&quot;">​</a></h4><p><code>60</code></p><h4 id="example" tabindex="-1">Example <a class="header-anchor" href="#example" aria-label="Permalink to &quot;Example&quot;">​</a></h4><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">session.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">onExpiring</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(warn, { secondsBefore: </span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;">120</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> })</span></span></code></pre></div></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/browser/interfaces/ExpiringOptions.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const ExpiringOptions = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, ExpiringOptions as default }
