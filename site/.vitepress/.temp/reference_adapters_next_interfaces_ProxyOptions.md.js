import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: ProxyOptions","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/next/interfaces/ProxyOptions.md","filePath":"reference/adapters/next/interfaces/ProxyOptions.md"}',
)
const _sfc_main = { name: 'reference/adapters/next/interfaces/ProxyOptions.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/next</a> / ProxyOptions</p><h1 id="interface-proxyoptions" tabindex="-1">Interface: ProxyOptions <a class="header-anchor" href="#interface-proxyoptions" aria-label="Permalink to &quot;Interface: ProxyOptions&quot;">​</a></h1><p>The options of <code>auth.createProxy()</code>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="loginrequired" tabindex="-1">loginRequired? <a class="header-anchor" href="#loginrequired" aria-label="Permalink to &quot;loginRequired?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>loginRequired?</strong>: readonly <code>string</code>[]</p></blockquote><p>Paths that require sign-in, without <code>basePath</code>. All paths below them require sign-in too. Also guard the pages, route handlers and actions, because this check cannot replace a guard.</p><h4 id="default-value" tabindex="-1">Default Value <a class="header-anchor" href="#default-value" aria-label="Permalink to &quot;Default Value&quot;">​</a></h4><p><code>[]</code></p><h4 id="example" tabindex="-1">Example <a class="header-anchor" href="#example" aria-label="Permalink to &quot;Example&quot;">​</a></h4><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> { auth } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> &#39;@/auth&#39;</span></span>
<span class="line"></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">export</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> proxy</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> auth.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">createProxy</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">({ loginRequired: [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;/account&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">] })</span></span></code></pre></div></div>`)
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/next/interfaces/ProxyOptions.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const ProxyOptions = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, ProxyOptions as default }
