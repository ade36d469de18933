import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Function: hasGroup()","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/index/functions/hasGroup.md","filePath":"reference/index/functions/hasGroup.md"}',
)
const _sfc_main = { name: 'reference/index/functions/hasGroup.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../">API</a> / <a href="./../">identity-web</a> / hasGroup</p><h1 id="function-hasgroup" tabindex="-1">Function: hasGroup() <a class="header-anchor" href="#function-hasgroup" aria-label="Permalink to &quot;Function: hasGroup()&quot;">​</a></h1><blockquote><p><strong>hasGroup</strong>(<code>context</code>, <code>id</code>): <code>boolean</code></p></blockquote><p>Checks whether the user belongs to a group, by the claim <code>groups</code> of the ID token.</p><p>If the user has too many groups for a token, this function throws. It does not return <code>false</code>, because that could lock out users who are in the group. Use <a href="./getGroups">getGroups</a> for them.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><h3 id="context" tabindex="-1">context <a class="header-anchor" href="#context" aria-label="Permalink to &quot;context&quot;">​</a></h3><p><a href="./../interfaces/ClaimsContext"><code>ClaimsContext</code></a></p><p>The context of the handler.</p><h3 id="id" tabindex="-1">id <a class="header-anchor" href="#id" aria-label="Permalink to &quot;id&quot;">​</a></h3><p><code>string</code></p><p>The group&#39;s object ID. It is not case-sensitive.</p><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><code>boolean</code></p><p><code>true</code> if the user belongs to the group. <code>false</code> also if the app registration does not add the claim <code>groups</code>.</p><h2 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h2><p>IdentityError <code>configuration</code> if the user has too many groups for the token.</p><h2 id="example" tabindex="-1">Example <a class="header-anchor" href="#example" aria-label="Permalink to &quot;Example&quot;">​</a></h2><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">if</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> (</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">hasGroup</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(context, </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;5f1a3b2c-0000-4000-8000-0000000000aa&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">)) </span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">showStaffPages</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">()</span></span></code></pre></div><h2 id="see" tabindex="-1">See <a class="header-anchor" href="#see" aria-label="Permalink to &quot;See&quot;">​</a></h2><p><a href="https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference#groups-overage-claim" target="_blank" rel="noreferrer">https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference#groups-overage-claim</a></p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/index/functions/hasGroup.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const hasGroup = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, hasGroup as default }
