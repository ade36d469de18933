import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Function: McpRequired()","description":"","frontmatter":{"search":false,"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/nestjs/functions/McpRequired.md","filePath":"reference/adapters/nestjs/functions/McpRequired.md"}',
)
const _sfc_main = { name: 'reference/adapters/nestjs/functions/McpRequired.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/nestjs</a> / McpRequired</p><h1 id="function-mcprequired" tabindex="-1">Function: McpRequired() <a class="header-anchor" href="#function-mcprequired" aria-label="Permalink to &quot;Function: McpRequired()&quot;">​</a></h1><blockquote><p><strong>McpRequired</strong>(...<code>given</code>): <a href="./../type-aliases/RouteDecorator"><code>RouteDecorator</code></a></p></blockquote><p>Guards the endpoint of an MCP server. Callers without a valid access token get a 401 or 403 response with <code><span class="word">WWW-Authenticate</span></code>, from which MCP clients find out how to sign in.</p><p>It adds <a href="./../classes/McpGuard">McpGuard</a>, which checks the headers <code>Host</code> and <code>Origin</code> first. It sets <code>auth</code> of the request of Node.js, which the official SDK reads.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><h3 id="given" tabindex="-1">given <a class="header-anchor" href="#given" aria-label="Permalink to &quot;given&quot;">​</a></h3><p>[] | [<code>requirement</code>: <a href="./../../express/interfaces/McpRequirement"><code>McpRequirement</code></a>]</p><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><a href="./../type-aliases/RouteDecorator"><code>RouteDecorator</code></a></p><h2 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h2><p>IdentityError <code>configuration</code> for invalid values, and if another decorator of this library declares the same route.</p><h2 id="example" tabindex="-1">Example <a class="header-anchor" href="#example" aria-label="Permalink to &quot;Example&quot;">​</a></h2><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">NestJS </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">\`@All(&#39;mcp&#39;) @McpRequired() handle(@Req() req: Request, @Res() res: Response) { return toNodeHandler(handler)(req, res, req.body) }\`</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">@public</span></span></code></pre></div></div>`)
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/nestjs/functions/McpRequired.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const McpRequired = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, McpRequired as default }
