"use strict";

// The one document of all services; nothing is fetched from anywhere else.
window.ui = SwaggerUIBundle({
  url: "/api/v1/openapi",
  dom_id: "#swagger-ui",
  deepLinking: true,
  validatorUrl: null,
});
