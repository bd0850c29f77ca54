/* A GTK app with a "Write to us" button. */

#include <glib/gstdio.h>
#include <gtk/gtk.h>

static const char *or_default(const char *name, const char *otherwise) {
    const char *value = g_getenv(name);
    return value ? value : otherwise;
}

#define PROGRAM or_default("FEEDBACK_PROGRAM", "feedback")
#define TO                                                                                            \
    "--endpoint", or_default("FEEDBACK_ENDPOINT", "http://127.0.0.1:8787/api/v1/reports"), "--key", \
        or_default("FEEDBACK_KEY", "pk_notes")

/* Sends in the background what waits, for up to an hour, also when this app has ended. */
static void deliver(void) {
    const char *command[] = {PROGRAM, "flush", TO, "--wait", "3600", NULL};
    GSubprocessFlags in_silence = G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE;
    g_autoptr(GSubprocess) flush = g_subprocess_newv(command, in_silence, NULL);
    (void)flush; /* it goes on by itself */
}

/* A picture of the window, in a file of its own, for as long as the dialog is open: also when this app has ended. */
static char *picture;

static void drop_picture(void) {
    if (picture) g_remove(picture);
    g_clear_pointer(&picture, g_free);
}

static void take_picture(GtkWidget *window) {
    int file = g_file_open_tmp("picture-XXXXXX.png", &picture, NULL);
    if (file < 0) return;
    g_close(file, NULL);
    int width = gtk_widget_get_allocated_width(window), height = gtk_widget_get_allocated_height(window);
    g_autoptr(GdkPixbuf) pixels = gdk_pixbuf_get_from_window(gtk_widget_get_window(window), 0, 0, width, height);
    if (!pixels || !gdk_pixbuf_save(pixels, picture, "png", NULL, NULL)) drop_picture();
}

static void say(GtkWidget *button, const char *words, const char *number) {
    g_autofree char *title = g_strdup_printf("GTK notes %s %s", words, number);
    gtk_window_set_title(GTK_WINDOW(gtk_widget_get_toplevel(button)), title);
}

static void ended(GObject *source, GAsyncResult *result, gpointer button) {
    GSubprocess *feedback = G_SUBPROCESS(source);
    g_autofree char *said = NULL;
    gboolean is_heard = g_subprocess_communicate_utf8_finish(feedback, result, &said, NULL, NULL);
    int status = is_heard && g_subprocess_get_if_exited(feedback) ? g_subprocess_get_exit_status(feedback) : -1;

    char number[32] = ""; /* a real app would use its JSON library */
    const char *found = said ? strstr(said, "\"number\":\"") : NULL;
    if (found) sscanf(found, "\"number\":\"%31[^\"]", number);
    const char *words = status == 0    ? "Thank you:"
                        : status == 75 ? "Kept, will be sent later"
                        : status == 65 ? "Not accepted, but kept"
                        : status == 1  ? ""
                                       : "Not sent";
    say(button, words, number);
    if (status == 75) deliver();
    drop_picture();
    gtk_widget_set_sensitive(button, TRUE);
}

static void write_to_us(GtkWidget *button, gpointer data) {
    (void)data;
    g_autoptr(GError) error = NULL;
    take_picture(gtk_widget_get_toplevel(button));
    const char *command[] = {
        PROGRAM, "window", "--json", TO,
        "--app", "GTK notes", "--app-version", "1.0", "--wait", "2",
        picture ? "--screenshot" : NULL, picture, NULL,
    };
    GSubprocess *feedback = g_subprocess_newv(command, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
    if (!feedback) {
        say(button, "Not sent:", error->message);
        drop_picture();
        return;
    }
    gtk_widget_set_sensitive(button, FALSE);
    g_subprocess_communicate_utf8_async(feedback, NULL, NULL, ended, button);
    g_object_unref(feedback); /* the call above holds it */
}

int main(int argc, char **argv) {
    gtk_init(&argc, &argv);
    deliver();
    GtkWidget *window = gtk_window_new(GTK_WINDOW_TOPLEVEL);
    gtk_window_set_title(GTK_WINDOW(window), "GTK notes");
    gtk_window_set_default_size(GTK_WINDOW(window), 320, 200);
    g_signal_connect(window, "destroy", G_CALLBACK(gtk_main_quit), NULL);
    GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 8);
    GtkWidget *button = gtk_button_new_with_label("Write to us");
    g_signal_connect(button, "clicked", G_CALLBACK(write_to_us), NULL);
    gtk_box_pack_start(GTK_BOX(box), gtk_text_view_new(), TRUE, TRUE, 0);
    gtk_box_pack_start(GTK_BOX(box), button, FALSE, FALSE, 0);
    gtk_container_add(GTK_CONTAINER(window), box);
    gtk_widget_show_all(window);
    gtk_main();
    return 0;
}
