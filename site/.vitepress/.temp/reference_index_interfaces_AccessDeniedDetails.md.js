import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: AccessDeniedDetails","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/index/interfaces/AccessDeniedDetails.md","filePath":"reference/index/interfaces/AccessDeniedDetails.md"}',
)
const _sfc_main = { name: 'reference/index/interfaces/AccessDeniedDetails.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../">API</a> / <a href="./../">identity-web</a> / AccessDeniedDetails</p><h1 id="interface-accessdenieddetails" tabindex="-1">Interface: AccessDeniedDetails <a class="header-anchor" href="#interface-accessdenieddetails" aria-label="Permalink to &quot;Interface: AccessDeniedDetails&quot;">​</a></h1><p>The content of an <a href="./../classes/AccessDenied">AccessDenied</a>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="cause" tabindex="-1">cause? <a class="header-anchor" href="#cause" aria-label="Permalink to &quot;cause?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>cause?</strong>: <code>unknown</code></p></blockquote><p>The error that caused this one. The user does not see it.</p><h4 id="default-value" tabindex="-1">Default Value <a class="header-anchor" href="#default-value" aria-label="Permalink to &quot;Default Value&quot;">​</a></h4><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">none</span></span></code></pre></div><hr><h3 id="message" tabindex="-1">message <a class="header-anchor" href="#message" aria-label="Permalink to &quot;message&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>message</strong>: <code>string</code></p></blockquote><p>The text that the user sees on the page, as plain text. It is escaped. It is also the message in logs.</p><hr><h3 id="page" tabindex="-1">page? <a class="header-anchor" href="#page" aria-label="Permalink to &quot;page?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>page?</strong>: <code>string</code></p></blockquote><p>Your HTML that replaces the page. Escape all values that you insert.</p><h4 id="default-value-1" tabindex="-1">Default Value <a class="header-anchor" href="#default-value-1" aria-label="Permalink to &quot;Default Value&quot;">​</a></h4><p>the page of <code>pages.forbidden</code></p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/index/interfaces/AccessDeniedDetails.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const AccessDeniedDetails = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, AccessDeniedDetails as default }
