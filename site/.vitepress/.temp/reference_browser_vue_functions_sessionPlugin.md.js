import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Function: sessionPlugin()","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/browser/vue/functions/sessionPlugin.md","filePath":"reference/browser/vue/functions/sessionPlugin.md"}',
)
const _sfc_main = { name: 'reference/browser/vue/functions/sessionPlugin.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/vue</a> / sessionPlugin</p><h1 id="function-sessionplugin" tabindex="-1">Function: sessionPlugin() <a class="header-anchor" href="#function-sessionplugin" aria-label="Permalink to &quot;Function: sessionPlugin()&quot;">​</a></h1><blockquote><p><strong>sessionPlugin</strong>&lt;<code>View</code>&gt;(<code>options?</code>): <code>Plugin</code></p></blockquote><p>Creates the plugin that provides the session to all components. It does not throw.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><h3 id="view" tabindex="-1">View <a class="header-anchor" href="#view" aria-label="Permalink to &quot;View&quot;">​</a></h3><p><code>View</code> = <code>unknown</code></p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><h3 id="options" tabindex="-1">options? <a class="header-anchor" href="#options" aria-label="Permalink to &quot;options?&quot;">​</a></h3><p><a href="./../interfaces/SessionPluginOptions"><code>SessionPluginOptions</code></a>&lt;<code>View</code>&gt; = <code>{}</code></p><p>The session from the server as <code>initial</code>, and the other options of <code>createSession()</code>.</p><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><code>Plugin</code></p><p>The plugin.</p><h2 id="example" tabindex="-1">Example <a class="header-anchor" href="#example" aria-label="Permalink to &quot;Example&quot;">​</a></h2><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">createApp</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(App).</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">use</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">sessionPlugin</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">()).</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">mount</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;#app&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">)</span></span></code></pre></div></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/browser/vue/functions/sessionPlugin.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const sessionPlugin = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, sessionPlugin as default }
