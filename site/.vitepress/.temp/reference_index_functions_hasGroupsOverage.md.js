import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Function: hasGroupsOverage()","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/index/functions/hasGroupsOverage.md","filePath":"reference/index/functions/hasGroupsOverage.md"}',
)
const _sfc_main = { name: 'reference/index/functions/hasGroupsOverage.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../">API</a> / <a href="./../">identity-web</a> / hasGroupsOverage</p><h1 id="function-hasgroupsoverage" tabindex="-1">Function: hasGroupsOverage() <a class="header-anchor" href="#function-hasgroupsoverage" aria-label="Permalink to &quot;Function: hasGroupsOverage()&quot;">​</a></h1><blockquote><p><strong>hasGroupsOverage</strong>(<code>claims</code>): <code>boolean</code></p></blockquote><p>Checks whether the user has more groups than a token can contain (200 at Entra ID). Such a token has no groups. It does not throw.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><h3 id="claims" tabindex="-1">claims <a class="header-anchor" href="#claims" aria-label="Permalink to &quot;claims&quot;">​</a></h3><p><code>Readonly</code>&lt;<code>Record</code>&lt;<code>string</code>, <code>unknown</code>&gt;&gt;</p><p>The claims of the ID token.</p><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><code>boolean</code></p><p><code>true</code> if <a href="./getGroups">getGroups</a> must ask Microsoft Graph.</p><h2 id="example" tabindex="-1">Example <a class="header-anchor" href="#example" aria-label="Permalink to &quot;Example&quot;">​</a></h2><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> groups</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> hasGroupsOverage</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(context.claims) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">?</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> await</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> getGroups</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(context) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">:</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> context.claims.groups</span></span></code></pre></div></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/index/functions/hasGroupsOverage.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const hasGroupsOverage = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, hasGroupsOverage as default }
