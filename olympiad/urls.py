from olympiad import views
from rcro_portal.lib.registers import paths

app_name = "olympiad"
urlpatterns = [*paths("sessions/", views.session_list, "session-list")]
