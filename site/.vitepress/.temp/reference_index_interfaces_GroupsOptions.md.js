import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: GroupsOptions","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/index/interfaces/GroupsOptions.md","filePath":"reference/index/interfaces/GroupsOptions.md"}',
)
const _sfc_main = { name: 'reference/index/interfaces/GroupsOptions.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../">API</a> / <a href="./../">identity-web</a> / GroupsOptions</p><h1 id="interface-groupsoptions" tabindex="-1">Interface: GroupsOptions <a class="header-anchor" href="#interface-groupsoptions" aria-label="Permalink to &quot;Interface: GroupsOptions&quot;">​</a></h1><p>The options of <a href="./../functions/getGroups">getGroups</a>.</p><h2 id="example" tabindex="-1">Example <a class="header-anchor" href="#example" aria-label="Permalink to &quot;Example&quot;">​</a></h2><p><strong>The cloud of the US Department of Defense</strong></p><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> groups</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> await</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> getGroups</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(context, { graph: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;https://dod-graph.microsoft.us&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> })</span></span></code></pre></div><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="graph" tabindex="-1">graph? <a class="header-anchor" href="#graph" aria-label="Permalink to &quot;graph?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>graph?</strong>: <code>string</code></p></blockquote><p>The URL of another Microsoft Graph than that of your authority&#39;s cloud. If your application calls it elsewhere too, set the option <code>apis</code> instead.</p><h4 id="default-value" tabindex="-1">Default Value <a class="header-anchor" href="#default-value" aria-label="Permalink to &quot;Default Value&quot;">​</a></h4><p>the Microsoft Graph of the authority&#39;s cloud, or the one in the option <code>apis</code></p><h4 id="example-1" tabindex="-1">Example <a class="header-anchor" href="#example-1" aria-label="Permalink to &quot;Example&quot;">​</a></h4><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">await</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> getGroups</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(context, { graph: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;https://dod-graph.microsoft.us&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> })</span></span></code></pre></div></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/index/interfaces/GroupsOptions.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const GroupsOptions = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, GroupsOptions as default }
