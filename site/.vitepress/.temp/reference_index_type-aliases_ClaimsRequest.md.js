import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: ClaimsRequest","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/index/type-aliases/ClaimsRequest.md","filePath":"reference/index/type-aliases/ClaimsRequest.md"}',
)
const _sfc_main = { name: 'reference/index/type-aliases/ClaimsRequest.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../">API</a> / <a href="./../">identity-web</a> / ClaimsRequest</p><h1 id="type-alias-claimsrequest" tabindex="-1">Type Alias: ClaimsRequest <a class="header-anchor" href="#type-alias-claimsrequest" aria-label="Permalink to &quot;Type Alias: ClaimsRequest&quot;">​</a></h1><blockquote><p><strong>ClaimsRequest</strong> = <code>Readonly</code>&lt;<code>Record</code>&lt;<code>string</code>, <code>unknown</code>&gt;&gt;</p></blockquote><p>A claims request: the claims that the provider must put into the ID token or the access token.</p><h2 id="example" tabindex="-1">Example <a class="header-anchor" href="#example" aria-label="Permalink to &quot;Example&quot;">​</a></h2><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> claimsRequest</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">:</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"> ClaimsRequest</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> { id_token: { acrs: { essential: </span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;">true</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, value: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;c1&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> } } }</span></span></code></pre></div><h2 id="see" tabindex="-1">See <a class="header-anchor" href="#see" aria-label="Permalink to &quot;See&quot;">​</a></h2><p><a href="https://openid.net/specs/openid-connect-core-1_0.html#ClaimsParameter" target="_blank" rel="noreferrer">OpenID Connect Core, section 5.5</a></p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/index/type-aliases/ClaimsRequest.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const ClaimsRequest = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, ClaimsRequest as default }
